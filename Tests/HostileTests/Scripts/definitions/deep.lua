-- kind: definitions
-- expect: ok
-- why: A definition nested without end is refused when it is read, and harmless before.
-- whole: file
local t = {}
t.t = t
return measure { tests = t, params = t, value = function(g) return g.x:mean() end }
