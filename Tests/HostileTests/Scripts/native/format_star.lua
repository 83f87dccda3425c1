-- kind: native
-- expect: lua_error
-- why: Widths from arguments are C's, not Lua's.
string.format("%*d", 1000000000, 1)
