-- kind: native
-- expect: cpu_limit
-- why: A format of half a megabyte.
local f = ("%d"):rep(1e5)
while true do pcall(string.format, f, 1) pcall(f.format, f, 1, 2, 3) end
