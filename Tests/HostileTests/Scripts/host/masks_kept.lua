-- kind: host
-- expect: memory_limit
-- why: Masks by the thousand, each kept.
-- needs: group
local t = {}
for i = 1, 1e9 do t[i] = g.x:above(i) end
