-- kind: host
-- expect: ok
-- why: More keys than a table for a verb may have.
-- needs: group
local t = {}
for i = 1, 20000 do t[i] = i end
assert(not pcall(g.x.isin, g.x, t))
