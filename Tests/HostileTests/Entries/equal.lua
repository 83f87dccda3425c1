-- says: a test for equality
return measure { value = function(g, p)
  local _ = setmetatable({}, { __eq = function() attack(g) end }) == {}
  return g.x:mean()
end }
