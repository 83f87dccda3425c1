-- says: a concatenation
return measure { value = function(g, p)
  local _ = "a" .. setmetatable({}, { __concat = function() attack(g) end }) .. "b"
  return g.x:mean()
end }
