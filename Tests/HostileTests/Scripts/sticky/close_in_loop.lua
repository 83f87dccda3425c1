-- kind: sticky
-- expect: lua_error
-- why: The fourth value of a generic loop is to be closed.
for _ in function() return nil end, nil, nil, setmetatable({}, { __close = function() while true do end end }) do end
