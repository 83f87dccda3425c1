-- kind: recursion
-- expect: lua_error
-- why: Levels of C by comparators.
local function f(a, b) table.sort({ 1, 2, 3 }, f) return a < b end
f(1, 2)
