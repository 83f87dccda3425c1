-- kind: escape
-- expect: ok
-- why: The metatable of texts is out of reach.
assert(getmetatable("") == false)
assert(not pcall(setmetatable, "", {}))
assert(not pcall(function() ("").x = 1 end))
