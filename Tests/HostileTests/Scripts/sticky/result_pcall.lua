-- kind: sticky
-- expect: memory_limit
-- why: A verb is asked with tables that fill the memory.
local big = {}
for i = 1, 2000 do big[i] = ("x"):rep(100000) .. i end
