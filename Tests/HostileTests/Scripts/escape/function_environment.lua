-- kind: escape
-- expect: ok
-- why: Upvalues of functions cannot be reached.
local f = function() return print end
assert(not pcall(function() return f.x end) and getmetatable(f) == nil)
