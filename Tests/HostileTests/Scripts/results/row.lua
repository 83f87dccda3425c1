-- kind: results
-- expect: invalid_result
-- why: Nor a row.
-- whole: file
return measure { value = function(g) for r in g:rows() do return r end end }
