-- kind: patterns
-- expect: cpu_limit
-- why: A capture compared again and again.
local s = ("ab"):rep(1e5)
s:find("(.+)%1x")
