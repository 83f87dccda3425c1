-- kind: host
-- expect: lua_error
-- why: A map that calls itself.
-- needs: group
local function f() return g.x:map(f) end
f()
