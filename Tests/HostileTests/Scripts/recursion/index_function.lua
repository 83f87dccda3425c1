-- kind: recursion
-- expect: lua_error or memory_limit
-- why: Levels of C by indexing.
local t
t = setmetatable({}, { __index = function(_, k) return t[k .. "x"] end })
return t.x
