-- kind: definitions
-- expect: ok
-- why: A metatable of the definition is not asked.
-- whole: file
local function spin() while true do end end
return measure(setmetatable({ value = function(g) return g.x:mean() end }, { __index = spin, __len = spin, __pairs = spin }))
