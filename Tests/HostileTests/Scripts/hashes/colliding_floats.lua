-- kind: hashes
-- expect: memory_limit
-- why: Fractions that collide.
local t = {}
for i = 1, 1e9 do t[i + 0.5] = i t[2.0 ^ (i % 1000) * 1.5] = i end
