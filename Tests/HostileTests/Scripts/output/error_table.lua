-- kind: output
-- expect: lua_error
-- why: An error that is no text.
error({ message = "x" })
