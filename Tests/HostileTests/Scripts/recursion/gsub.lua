-- kind: recursion
-- expect: lua_error
-- why: Levels of C by callbacks.
local function f(s) return (s:gsub(".", f)) end
f("x")
