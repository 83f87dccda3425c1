-- kind: recursion
-- expect: lua_error or memory_limit or ok
-- why: Each level is a level of C.
local function f() return pcall(f) end
f()
