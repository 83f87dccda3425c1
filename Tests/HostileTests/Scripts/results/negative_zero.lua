-- kind: results
-- expect: ok
-- why: A zero of either sign is 0.
-- whole: file
return measure { value = function() return -0.0 end }
