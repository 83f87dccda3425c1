-- kind: patterns
-- expect: lua_error
-- why: More captures than there is room for.
("x"):rep(100):find(("(.)"):rep(40))
