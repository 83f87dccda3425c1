-- kind: patterns
-- expect: lua_error
-- why: A percent sign that means nothing.
("abc"):gsub(".", "%2")
