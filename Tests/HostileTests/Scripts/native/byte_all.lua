-- kind: native
-- expect: lua_error
-- why: One result for each byte of a megabyte.
local s = ("x"):rep(3e6)
s:byte(1, -1)
