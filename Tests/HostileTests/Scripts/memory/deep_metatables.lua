-- kind: memory
-- expect: memory_limit
-- why: A chain of metatables.
local t = {}
while true do t = setmetatable({}, { __index = t }) end
