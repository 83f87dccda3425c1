-- kind: definitions
-- expect: lua_error
-- why: `measure` by another name.
-- whole: file
measure = function(t) return t end
return measure { value = function() return 1 end }
