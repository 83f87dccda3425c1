-- kind: results
-- expect: invalid_result
-- why: Neither can a group.
-- whole: file
return measure { value = function(g) return g end }
