-- kind: native
-- expect: memory_limit
-- why: Asking for a key out of order sorts all keys again.
local t = {}
for i = 1, 1e5 do t["k" .. i] = i end
while true do next(t, "k5") next({}, nil) end
