-- kind: results
-- expect: output_limit
-- why: Names of parts that fill the result.
-- whole: file
return measure { value = function() local t = {} for i = 1, 9000 do t[("x"):rep(1000) .. i] = i end return t end }
