-- kind: escape
-- expect: lua_error
-- why: The library's own functions must not write there.
table.insert(string, print)
