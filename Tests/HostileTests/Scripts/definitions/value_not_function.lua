-- kind: definitions
-- expect: lua_error
-- why: `value` is a table that can be called.
-- whole: file
return measure { value = setmetatable({}, { __call = function() return 1 end }) }
