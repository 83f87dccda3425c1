-- kind: native
-- expect: cpu_limit
-- why: A length that is a lie makes one insertion endless.
local t = setmetatable({}, { __len = function() return 1 << 60 end, __index = function() end, __newindex = function() end })
table.insert(t, 1, 1)
