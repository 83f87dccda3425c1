-- kind: results
-- expect: invalid_result
-- why: Keys that are objects.
-- whole: file
return measure { value = function(g) return { [g] = 1 } end }
