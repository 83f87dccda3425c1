-- kind: native
-- expect: cpu_limit
-- why: An iterator that is told to begin far before the list.
local f = pairs({ 1, 2 })
while true do pcall(f, {}, math.mininteger) pcall(f, {}, -2 ^ 62) end
