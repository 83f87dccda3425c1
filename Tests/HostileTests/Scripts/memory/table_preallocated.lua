-- kind: memory
-- expect: memory_limit
-- why: A key far away must not make room for all before it.
local t = {}
for i = 1, 64 do t[1 << (i % 62)] = i end
for i = 1, 1e9 do t[i * 3.5] = i end
