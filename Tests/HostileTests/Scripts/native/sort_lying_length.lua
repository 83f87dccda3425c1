-- kind: native
-- expect: cpu_limit
-- why: Two thousand million elements that are not there.
table.sort(setmetatable({}, { __len = function() return 2 ^ 30 | 0 end }), rawequal)
