-- kind: results
-- expect: invalid_result
-- why: A part without a name.
-- whole: file
return measure { value = function() return { [""] = 1 } end }
