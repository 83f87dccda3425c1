-- kind: memory
-- expect: memory_limit
-- why: Small blocks, each with a block of its own.
local t = {}
for i = 1, 1e9 do t[i] = { {}, {}, {} } end
