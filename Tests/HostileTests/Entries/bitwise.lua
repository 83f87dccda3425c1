-- says: arithmetic with bits
return measure { value = function(g, p)
  local _ = setmetatable({}, { __band = function() attack(g) end }) & 1
  return g.x:mean()
end }
