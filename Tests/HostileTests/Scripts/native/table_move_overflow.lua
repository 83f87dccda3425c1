-- kind: native
-- expect: lua_error
-- why: The ends of the integers.
table.move({}, math.mininteger, math.maxinteger, 1)
