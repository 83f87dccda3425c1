-- kind: escape
-- expect: ok or lua_error
-- why: A library table as a list.
table.sort(math)
