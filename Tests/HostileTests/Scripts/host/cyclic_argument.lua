-- kind: host
-- expect: ok
-- why: A table that holds itself.
-- needs: group
local t = {}
t[1] = t
assert(not pcall(g.x.isin, g.x, t) and not pcall(g.join, g, "roster", t, t))
