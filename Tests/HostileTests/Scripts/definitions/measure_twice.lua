-- kind: definitions
-- expect: ok
-- why: Two calls; the table that is returned counts.
-- whole: file
measure {}
return measure { value = function(g) return g.x:mean() end }
