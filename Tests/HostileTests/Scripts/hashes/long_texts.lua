-- kind: hashes
-- expect: memory_limit
-- why: Long texts are hashed when they become keys.
local t = {}
for i = 1, 1e9 do t[("x"):rep(100000) .. i] = i end
