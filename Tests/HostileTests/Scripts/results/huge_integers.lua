-- kind: results
-- expect: ok
-- why: Whole numbers beyond 2^53.
-- whole: file
return measure { value = function() return math.maxinteger end }
