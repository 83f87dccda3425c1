-- kind: memory
-- expect: memory_limit
-- why: Keys of texts, each interned.
local t = {}
for i = 1, 1e9 do t["key" .. i] = true end
