-- kind: native
-- expect: cpu_limit
-- why: Each turn moves all arguments.
local t = {}
for i = 1, 5e4 do t[i] = i end
local function f(...) for i = 1, select("#", ...) do local v = select(i, ...) end end
f(table.unpack(t))
