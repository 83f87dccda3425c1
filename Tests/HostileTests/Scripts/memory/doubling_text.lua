-- kind: memory
-- expect: memory_limit
-- why: Twice as long in every turn.
local s = "x"
while true do s = s .. s end
