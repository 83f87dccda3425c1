-- kind: compiler
-- expect: ok
-- why: A parameter list of every kind.
local function f(a, ...) local b <const>, c = ..., 3 return a, b, c, select("#", ...) end
assert(select("#", f(1, 2, 3)) == 4)
