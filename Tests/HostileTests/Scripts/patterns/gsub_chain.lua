-- kind: patterns
-- expect: memory_limit
-- why: The result doubles with every call.
local s = "x"
while true do s = s:gsub(".", "%0%0") end
