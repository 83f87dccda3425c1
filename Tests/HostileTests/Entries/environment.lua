-- says: the file itself, in an environment of its own
-- group: no
do local _ENV = setmetatable({}, { __index = _ENV }) attack() end
return measure { value = function(g) return g.x:mean() end }
