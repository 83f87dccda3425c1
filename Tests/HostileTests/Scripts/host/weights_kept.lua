-- kind: host
-- expect: cpu_limit
-- why: Weighted columns keep their weights.
-- needs: group
local t = {}
for i = 1, 1e9 do t[i] = g.x:weighted { by = g.x * g.x + i } end
