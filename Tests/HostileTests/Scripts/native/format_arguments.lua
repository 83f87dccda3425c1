-- kind: native
-- expect: lua_error
-- why: An argument that is not there.
string.format("%s %d", "x")
