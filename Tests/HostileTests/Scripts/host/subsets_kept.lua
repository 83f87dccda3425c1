-- kind: host
-- expect: memory_limit
-- why: Groups of some rows keep the list of them.
-- needs: group
local t = {}
for i = 1, 1e9 do t[i] = g:where(g.x:above(-i)) end
