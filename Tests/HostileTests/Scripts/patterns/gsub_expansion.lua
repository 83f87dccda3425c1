-- kind: patterns
-- expect: memory_limit
-- why: Each match becomes a long text.
local s = ("x"):rep(1e5)
s:gsub("x", ("y"):rep(1e4))
