-- kind: patterns
-- expect: ok
-- why: Comparing at every place is quadratic.
local a = ("a"):rep(1e6)
a:find(("a"):rep(5e5) .. "b", 1, true)
