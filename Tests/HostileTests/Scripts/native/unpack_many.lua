-- kind: native
-- expect: lua_error or memory_limit
-- why: More results than the stack holds.
table.unpack({}, 1, 1e8)
