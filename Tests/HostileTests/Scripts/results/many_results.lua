-- kind: results
-- expect: ok
-- why: Only the first of several results counts.
-- whole: file
return measure { value = function(g) return g.x:mean(), print, g, 0 / 0 end }
