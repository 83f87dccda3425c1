-- kind: host
-- expect: cpu_limit
-- why: Every value against thousands of others.
-- needs: group
local t = {}
for i = 1, 9000 do t[i] = i + 0.5 end
while true do g.x:isin(t) end
