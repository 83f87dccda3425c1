-- kind: recursion
-- expect: lua_error
-- why: Levels of C by `__tostring`.
local t
t = setmetatable({}, { __tostring = function() return tostring(t) end })
tostring(t)
