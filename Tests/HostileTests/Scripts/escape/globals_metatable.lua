-- kind: escape
-- expect: ok
-- why: The environment's metatable is out of reach.
assert(getmetatable(_G) == false)
assert(not pcall(setmetatable, _G, {}))
