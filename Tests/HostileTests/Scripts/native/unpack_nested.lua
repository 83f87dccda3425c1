-- kind: native
-- expect: memory_limit
-- why: Arguments by the thousand, again and again.
local t = {}
for i = 1, 5e5 do t[i] = i end
local function f(...) return select("#", ...) + select("#", table.unpack(t)) end
f(table.unpack(t))
string.char(table.unpack(t))
