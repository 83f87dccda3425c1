-- kind: native
-- expect: lua_error
-- why: Lua follows at most 2000 links.
local t = {}
for i = 1, 5000 do t = setmetatable({}, { __index = t }) end
return t.x
