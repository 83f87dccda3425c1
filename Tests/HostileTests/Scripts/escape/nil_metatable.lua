-- kind: escape
-- expect: ok
-- why: Basic types have no metatables that could be set.
for _, v in ipairs { 1, true, print } do assert(not pcall(setmetatable, v, {})) end
assert(getmetatable(1) == nil and getmetatable(print) == nil)
