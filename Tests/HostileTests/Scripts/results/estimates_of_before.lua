-- kind: results
-- expect: ok
-- why: An estimate cannot be kept for the next group.
-- whole: file
kept = nil
return measure { value = function(g) local old = kept kept = g.x:mean() return old or kept end }
