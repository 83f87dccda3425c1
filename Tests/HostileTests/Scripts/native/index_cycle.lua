-- kind: native
-- expect: lua_error
-- why: A table that is its own metatable's index.
local t = {}
setmetatable(t, { __index = t })
local u = setmetatable({}, t)
t.__index = u
return u.x
