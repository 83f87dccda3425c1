-- kind: memory
-- expect: memory_limit
-- why: A list grows until the cap.
local t = {}
for i = 1, 1e9 do t[i] = i end
