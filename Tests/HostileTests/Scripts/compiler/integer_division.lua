-- kind: compiler
-- expect: lua_error
-- why: Division by zero of integers is an error.
return 1 // 0
