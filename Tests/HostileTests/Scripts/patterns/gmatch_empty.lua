-- kind: patterns
-- expect: ok
-- why: Empty matches must move on.
local n = 0
for _ in ("abc"):gmatch("") do n = n + 1 end
assert(n == 4)
