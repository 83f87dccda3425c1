-- kind: recursion
-- expect: lua_error or memory_limit or ok
-- why: Levels of C by `__tostring`.
local t
t = setmetatable({}, { __tostring = function() return tostring(t) end })
tostring(t)
