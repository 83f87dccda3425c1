-- kind: results
-- expect: invalid_result
-- why: More parts than a result may have.
-- whole: file
return measure { value = function() local t = {} for i = 1, 20000 do t["k" .. i] = i end return t end }
