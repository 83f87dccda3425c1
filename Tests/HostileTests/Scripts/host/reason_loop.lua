-- kind: host
-- expect: cpu_limit
-- why: Reasons are looked for in the source.
-- needs: group
local s = (" "):rep(30000)
while true do insufficient(s) end
