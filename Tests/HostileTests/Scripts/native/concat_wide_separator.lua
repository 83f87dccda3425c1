-- kind: native
-- expect: memory_limit
-- why: The separator is most of the text.
local t = {}
for i = 1, 1e5 do t[i] = "" end
table.concat(t, ("x"):rep(1e5))
