-- kind: patterns
-- expect: cpu_limit
-- why: Many lazy quantifiers try for ever.
local a = ("a"):rep(60)
a:match((".-"):rep(30) .. "b")
