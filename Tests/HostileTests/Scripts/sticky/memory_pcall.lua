-- kind: sticky
-- expect: memory_limit
-- why: A script that met the cap goes on with what it has.
local t = {}
while true do pcall(function() for i = 1, 1e7 do t[#t + 1] = { i } end end) end
