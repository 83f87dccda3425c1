-- says: arithmetic
return measure { value = function(g, p)
  local _ = setmetatable({}, { __add = function() attack(g) end }) + 1
  return g.x:mean()
end }
