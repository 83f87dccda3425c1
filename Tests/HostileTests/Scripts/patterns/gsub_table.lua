-- kind: patterns
-- expect: cpu_limit
-- why: The replacement comes from an index function.
local t = setmetatable({}, { __index = function(_, k) while true do end end })
string.gsub("abc", ".", t)
