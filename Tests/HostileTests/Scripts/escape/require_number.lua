-- kind: escape
-- expect: lua_error
-- why: Something that is no name.
require(setmetatable({}, { __tostring = function() return "x" end }))
