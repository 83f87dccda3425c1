-- kind: native
-- expect: lua_error
-- why: Many values that call the next.
local f = print
for i = 1, 1e4 do f = setmetatable({}, { __call = f }) end
for i = 1, 1e4 do f() end
