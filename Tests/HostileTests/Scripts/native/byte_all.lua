-- kind: native
-- expect: lua_error or memory_limit
-- why: One result for each byte of a megabyte.
local s = ("x"):rep(3e6)
s:byte(1, -1)
