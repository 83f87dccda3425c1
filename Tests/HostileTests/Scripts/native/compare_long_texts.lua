-- kind: native
-- expect: cpu_limit
-- why: One comparison looks at megabytes.
local a = ("x"):rep(3e6)
local b, n = a .. "y", 0
local c = a .. "z"
while true do if b < c then n = n + 1 end end
