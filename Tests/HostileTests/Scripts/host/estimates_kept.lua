-- kind: host
-- expect: memory_limit
-- why: Estimates keep the columns they come from.
-- needs: group
local t = {}
for i = 1, 1e9 do t[i] = (g.x + i):mean() end
