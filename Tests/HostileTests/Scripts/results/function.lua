-- kind: results
-- expect: invalid_result
-- why: A function cannot leave.
-- whole: file
return measure { value = function() return print end }
