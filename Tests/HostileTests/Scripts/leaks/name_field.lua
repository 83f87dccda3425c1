-- kind: leaks
-- expect: ok
-- why: `__name` is dropped, so no text pretends to be a host's object.
local t = setmetatable({}, { __name = "estimate" })
assert(not tostring(t):find("estimate"))
