-- kind: native
-- expect: lua_error
-- why: More results than the stack holds.
table.unpack({}, 1, 1e8)
