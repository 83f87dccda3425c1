-- kind: results
-- expect: invalid_result
-- why: A list is no record.
-- whole: file
return measure { value = function() return { 1, 2, 3 } end }
