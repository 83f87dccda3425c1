-- kind: memory
-- expect: memory_limit
-- why: Functions with upvalues.
local t = {}
for i = 1, 1e9 do t[i] = function() return i, t end end
