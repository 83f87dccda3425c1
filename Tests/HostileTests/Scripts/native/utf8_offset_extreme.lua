-- kind: native
-- expect: lua_error
-- why: Positions at the ends of the integers.
utf8.offset("abc", 1, math.mininteger)
