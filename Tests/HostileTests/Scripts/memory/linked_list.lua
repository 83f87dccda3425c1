-- kind: memory
-- expect: memory_limit or cpu_limit
-- why: A chain that the collector must follow.
local head
while true do head = { head } end
