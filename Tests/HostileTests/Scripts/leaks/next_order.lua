-- kind: leaks
-- expect: lua_error
-- why: The same by `next`.
next { [{}] = 1, [function() end] = 2 }
