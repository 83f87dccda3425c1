-- kind: native
-- expect: cpu_limit
-- why: The same downwards.
local t = setmetatable({}, { __len = function() return 1 << 60 end, __index = function() end, __newindex = function() end })
table.remove(t, 1)
