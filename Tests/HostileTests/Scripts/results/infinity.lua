-- kind: results
-- expect: invalid_result
-- why: Larger than any number.
-- whole: file
return measure { value = function() return math.huge end }
