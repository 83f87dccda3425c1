-- kind: results
-- expect: invalid_result
-- why: A text is no number.
-- whole: file
return measure { value = function() return "5" end }
