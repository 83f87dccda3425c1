-- kind: escape
-- expect: lua_error
-- why: A move into a library table.
table.move({ print }, 1, 1, 1, string)
