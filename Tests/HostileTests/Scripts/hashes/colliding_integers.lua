-- kind: hashes
-- expect: cpu_limit
-- why: Whole numbers chosen so that they collide.
local t, step = {}, 32767 * 65535 * 131071
for i = 1, 1e9 do t[i * step] = i end
