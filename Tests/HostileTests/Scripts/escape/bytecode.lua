-- kind: escape
-- expect: ok
-- why: There is no way to make code of bytes.
assert(load == nil and string.dump == nil)
assert(not pcall(function() return ("\27Lua")() end))
