-- kind: patterns
-- expect: lua_error
-- why: Matching recurses for every item of the pattern.
local s = ("x"):rep(3e5)
s:match(("x?"):rep(3e4))
