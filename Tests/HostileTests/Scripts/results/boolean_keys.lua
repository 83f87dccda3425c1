-- kind: results
-- expect: invalid_result
-- why: Keys that are truths.
-- whole: file
return measure { value = function() return { [true] = 1 } end }
