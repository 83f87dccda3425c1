-- kind: memory
-- expect: memory_limit
-- why: One concatenation of many pieces.
local t = {}
for i = 1, 200 do t[i] = ("x"):rep(20000) end
local function join(...) local s = "" for i = 1, select("#", ...) do s = s .. select(i, ...) .. s end return s end
join(table.unpack(t))
