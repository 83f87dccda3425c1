-- kind: memory
-- expect: memory_limit
-- why: A chain that the collector must follow.
local head
while true do head = { head } end
