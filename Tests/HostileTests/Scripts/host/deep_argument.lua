-- kind: host
-- expect: ok
-- why: A table nested deeper than is allowed.
-- needs: group
local t = {}
for i = 1, 1000 do t = { t } end
assert(not pcall(g.x.isin, g.x, t))
