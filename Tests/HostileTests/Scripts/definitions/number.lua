-- kind: definitions
-- expect: lua_error
-- why: A file that returns something else.
-- whole: file
return 5
