-- kind: results
-- expect: invalid_result
-- why: Not a number.
-- whole: file
return measure { value = function() return 0 / 0 end }
