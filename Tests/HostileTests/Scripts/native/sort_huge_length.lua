-- kind: native
-- expect: lua_error
-- why: More elements than a list may have.
table.sort(setmetatable({}, { __len = function() return math.maxinteger end }), rawequal)
