-- kind: recursion
-- expect: memory_limit
-- why: Levels by `__call`.
local t
t = setmetatable({}, { __call = function(self) return 1 + t() end })
t()
