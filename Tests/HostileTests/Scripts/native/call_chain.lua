-- kind: native
-- expect: lua_error
-- why: A chain of `__call` is a loop in C that no hook interrupts.
local t = {}
setmetatable(t, t)
t.__call = t
t()
