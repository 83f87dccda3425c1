-- kind: results
-- expect: ok
-- why: An interval whose ends are no numbers any more.
-- whole: file
return measure { value = function(g) local m = g.x:mean() return (m - m.value) * 1.7e308 end }
