-- kind: definitions
-- expect: lua_error
-- why: `measure` of something that is no table.
-- whole: file
return measure(5)
