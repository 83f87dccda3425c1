-- kind: patterns
-- expect: cpu_limit
-- why: A balance that never closes is looked for from every place.
local s = ("("):rep(2e6)
s:find("%b()x")
