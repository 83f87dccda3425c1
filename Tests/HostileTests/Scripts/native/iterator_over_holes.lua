-- kind: native
-- expect: memory_limit
-- why: A list of holes, gone through again and again by hand.
local t = {}
for i = 1, 5e5 do t[i] = i end
local f = pairs(t)
for i = 1, 5e5 do t[i] = nil end
while true do f(t) end
