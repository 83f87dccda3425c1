-- kind: recursion
-- expect: lua_error
-- why: Levels of C by indexing.
local t
t = setmetatable({}, { __index = function(_, k) return t[k .. "x"] end })
return t.x
