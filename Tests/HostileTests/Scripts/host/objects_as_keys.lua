-- kind: host
-- expect: lua_error
-- why: Their order would be that of addresses.
-- needs: group
local t = { [g] = 1, [g.x] = 2 }
for k in pairs(t) do end
