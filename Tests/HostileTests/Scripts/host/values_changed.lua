-- kind: host
-- expect: ok
-- why: A list that was given out is a copy.
-- needs: group
local v = g.x:values()
for i = 1, #v do v[i] = -1 end
