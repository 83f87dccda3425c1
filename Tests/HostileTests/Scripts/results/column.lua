-- kind: results
-- expect: invalid_result
-- why: Nor a column.
-- whole: file
return measure { value = function(g) return g.x end }
