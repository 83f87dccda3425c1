-- kind: recursion
-- expect: lua_error or memory_limit or ok or cpu_limit
-- why: Handlers in handlers.
local function f() return xpcall(error, f) end
f()
