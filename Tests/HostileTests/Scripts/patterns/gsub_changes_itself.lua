-- kind: patterns
-- expect: ok
-- why: The callback does what gsub does.
local s = ("x"):rep(50)
local function f(c) return (("y"):gsub("y", function() return c end)) end
assert(s:gsub(".", f) == s)
