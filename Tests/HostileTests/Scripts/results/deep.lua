-- kind: results
-- expect: invalid_result
-- why: A record in a record in a record.
-- whole: file
return measure { value = function() local t = {} for i = 1, 1000 do t = { t = t } end return t end }
