-- kind: host
-- expect: memory_limit
-- why: Computed columns, each kept.
-- needs: group
local t = {}
for i = 1, 1e9 do t[i] = g.x + i end
