-- says: a comparison
return measure { value = function(g, p)
  local _ = setmetatable({}, { __lt = function() attack(g) end }) < {}
  return g.x:mean()
end }
