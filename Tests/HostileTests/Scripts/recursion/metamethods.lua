-- kind: recursion
-- expect: lua_error
-- why: Levels of C by arithmetic.
local t = setmetatable({}, {})
getmetatable(t).__add = function(a, b) return a + b end
return t + 1
