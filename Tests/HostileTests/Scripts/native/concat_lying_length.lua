-- kind: native
-- expect: cpu_limit
-- why: Elements made as they are asked for.
table.concat(setmetatable({}, { __len = function() return 1 << 40 end, __index = function() return "" end }))
