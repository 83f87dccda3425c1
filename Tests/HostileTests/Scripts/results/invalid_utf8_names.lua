-- kind: results
-- expect: invalid_result
-- why: Two names that are one when they are mended.
-- whole: file
return measure { value = function() return { ["\xff"] = 1, ["\xfe"] = 2 } end }
