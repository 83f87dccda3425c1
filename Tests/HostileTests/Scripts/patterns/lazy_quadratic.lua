-- kind: patterns
-- expect: cpu_limit
-- why: One lazy quantifier is quadratic already.
local s = ("a"):rep(2e6)
s:gsub(".-b", "")
