-- kind: results
-- expect: invalid_result
-- why: Keys of several kinds.
-- whole: file
return measure { value = function() return { a = 1, [1] = 2 } end }
