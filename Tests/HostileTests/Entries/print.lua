-- says: a text that is printed
return measure { value = function(g, p)
  print(setmetatable({}, { __tostring = function() attack(g) return "" end }))
  return g.x:mean()
end }
