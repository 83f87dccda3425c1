-- kind: output
-- expect: lua_error
-- why: An error of nothing.
error(nil)
