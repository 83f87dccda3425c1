-- kind: results
-- expect: invalid_result
-- why: A part whose name is no text for readers.
-- whole: file
return measure { value = function() return { ["a\27[31m"] = 1 } end }
