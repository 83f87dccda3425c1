-- kind: native
-- expect: lua_error
-- why: Widths of a format have two digits.
string.format("%999d", 1)
