-- kind: results
-- expect: invalid_result
-- why: Nor a missing value, whose number is that of an object.
-- whole: file
return measure { value = function(g) local c = g.x local e = c:mean() return missing("not_asked") end }
