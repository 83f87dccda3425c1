-- kind: recursion
-- expect: ok
-- why: A comparator that sorts the list being sorted.
local t = {}
for i = 1, 50 do t[i] = (i * 7919) % 53 end
table.sort(t, function(a, b) t[1], t[2] = t[2], t[1] return a < b end)
