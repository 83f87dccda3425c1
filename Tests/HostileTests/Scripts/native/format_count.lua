-- kind: native
-- expect: lua_error
-- why: The conversion that writes to memory.
string.format("%n", 1)
