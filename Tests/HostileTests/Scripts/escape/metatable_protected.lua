-- kind: escape
-- expect: ok
-- why: A protected metatable stays.
local t = setmetatable({}, { __metatable = "no" })
assert(getmetatable(t) == "no" and not pcall(setmetatable, t, nil))
