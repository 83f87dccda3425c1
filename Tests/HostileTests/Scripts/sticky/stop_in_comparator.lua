-- kind: sticky
-- expect: cpu_limit
-- why: The stop passes through a sort in C.
local t = {}
for i = 1, 100 do t[i] = i end
while true do pcall(table.sort, t, function(a, b) while true do end end) end
