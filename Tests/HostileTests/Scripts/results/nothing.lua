-- kind: results
-- expect: ok
-- why: No result is `insufficient`.
-- whole: file
return measure { value = function() end }
