-- kind: native
-- expect: cpu_limit
-- why: A pattern that is long and is searched for in vain.
local s = ("x"):rep(2e6)
while true do (""):find(s) end
