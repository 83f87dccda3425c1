-- kind: results
-- expect: invalid_result
-- why: A record that holds itself.
-- whole: file
return measure { value = function() local t = {} t.t = t return t end }
