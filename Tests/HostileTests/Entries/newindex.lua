-- says: an assignment
return measure { value = function(g, p)
  setmetatable({}, { __newindex = function() attack(g) end }).x = 1
  return g.x:mean()
end }
