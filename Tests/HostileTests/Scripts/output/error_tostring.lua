-- kind: output
-- expect: lua_error
-- why: `__tostring` of an error is never asked.
error(setmetatable({}, { __tostring = function() while true do end end }))
