-- kind: output
-- expect: lua_error
-- why: A message of megabytes is cut.
error(("x"):rep(2e6))
