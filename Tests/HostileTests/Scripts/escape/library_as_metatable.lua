-- kind: escape
-- expect: ok
-- why: A library table as somebody's metatable or index.
local t = setmetatable({}, string)
assert(getmetatable(t) == string or true)
local u = setmetatable({}, { __index = string, __newindex = string })
assert(not pcall(function() u.rep = 1 end))
assert(string.rep("x", 2) == "xx")
