-- kind: results
-- expect: ok
-- why: Also in an estimate.
-- whole: file
return measure { value = function(g) return g.x:sum() * 0 * -1 end }
