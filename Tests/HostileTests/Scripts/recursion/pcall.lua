-- kind: recursion
-- expect: ok
-- why: Each level is a level of C.
local function f() return pcall(f) end
f()
