-- kind: memory
-- expect: memory_limit
-- why: The recipe of that bug: weak tables, new keys, emergency collections.
local t = setmetatable({}, { __mode = "k", __index = function() return 1 end })
local keep = {}
for i = 1, 1e9 do t[{}] = i keep[i] = ("x"):rep(10000) .. i end
