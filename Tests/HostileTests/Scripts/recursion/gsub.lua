-- kind: recursion
-- expect: lua_error or memory_limit or ok
-- why: Levels of C by callbacks.
local function f(s) return (s:gsub(".", f)) end
f("x")
