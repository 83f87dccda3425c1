-- kind: loops
-- expect: ok
-- why: The loop's bounds are clipped; it must end.
local n = 0
for i = math.maxinteger - 2, math.maxinteger do n = n + 1 end
for i = math.mininteger, math.mininteger + 2 do n = n + 1 end
assert(n == 6)
