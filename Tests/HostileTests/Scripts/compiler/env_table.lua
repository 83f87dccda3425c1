-- kind: compiler
-- expect: ok
-- why: Another environment is a table like any.
local print, assert = print, assert
local function f() local _ENV = { a = 1 } b = a return b end
assert(f() == 1)
