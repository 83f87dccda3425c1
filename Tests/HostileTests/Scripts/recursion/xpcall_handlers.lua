-- kind: recursion
-- expect: ok
-- why: Handlers in handlers.
local function f() return xpcall(error, f) end
f()
