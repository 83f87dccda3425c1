-- kind: host
-- expect: memory_limit
-- why: Objects of a few bytes, each with a larger one behind it.
-- needs: group
local t = {}
for i = 1, 1e9 do t[i] = g.x end
