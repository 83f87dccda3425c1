-- kind: native
-- expect: lua_error
-- why: An address is nothing that a script needs.
string.format("%p", {})
