-- kind: host
-- expect: lua_error or memory_limit
-- why: A map that calls itself.
-- needs: group
local function f() return g.x:map(f) end
f()
