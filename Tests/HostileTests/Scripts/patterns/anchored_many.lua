-- kind: patterns
-- expect: cpu_limit
-- why: Greedy quantifiers that give back one by one.
local a = ("a"):rep(3000)
a:find(("a*"):rep(12) .. "b")
