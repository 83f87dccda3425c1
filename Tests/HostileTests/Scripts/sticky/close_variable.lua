-- kind: sticky
-- expect: lua_error
-- why: `__close` is no metafield here, so a variable to be closed has nothing to close it with.
do local x <close> = setmetatable({}, { __close = function() while true do end end }) end
