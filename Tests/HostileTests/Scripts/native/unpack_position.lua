-- kind: native
-- expect: lua_error
-- why: Positions outside the text.
string.unpack("i8", "x", math.maxinteger)
