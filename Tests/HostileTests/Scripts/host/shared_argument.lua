-- kind: host
-- expect: lua_error
-- why: One long text ten thousand times over.
-- needs: group
local s, t = ("x"):rep(100000), {}
for i = 1, 9000 do t[i] = s end
g.role:isin(t)
