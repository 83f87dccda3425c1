-- kind: recursion
-- expect: lua_error
-- why: Levels of C by `..`.
local t
t = setmetatable({}, { __concat = function(a, b) return t .. b end })
return t .. "x"
