-- kind: native
-- expect: lua_error
-- why: The count of results overflows an integer.
table.unpack({}, math.mininteger, math.maxinteger)
