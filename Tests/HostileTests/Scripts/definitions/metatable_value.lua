-- kind: definitions
-- expect: lua_error
-- why: Fields that come from an index function.
-- whole: file
return measure(setmetatable({}, { __index = function(_, k) return function() return 1 end end }))
