-- says: a definition whose metatable would be asked
-- expect: ok
-- group: no
local function run() attack() end
return measure(setmetatable({ value = function(g) return g.x:mean() end }, { __index = run, __pairs = run, __len = run }))
