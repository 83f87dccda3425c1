-- kind: definitions
-- expect: lua_error
-- why: A table without the call of `measure`.
-- whole: file
return { value = function() return 1 end }
