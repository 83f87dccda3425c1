-- kind: native
-- expect: memory_limit
-- why: Sorting the keys of a table costs memory and time.
local t = {}
for i = 1, 1e5 do t["k" .. i] = i end
while true do for k in pairs(t) do break end end
