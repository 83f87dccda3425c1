-- kind: host
-- expect: ok
-- why: Tables that look like estimates are none.
-- needs: group
local fake = setmetatable({ value = 1, n = 1e6, low = 0, high = 2 }, { __index = function() return 1e6 end })
assert(not pcall(ratio, fake, fake) and not pcall(proportion, fake, 1) and not pcall(difference, fake, g.x:mean()))
assert(not pcall(function() return g.x:mean() + fake end))
