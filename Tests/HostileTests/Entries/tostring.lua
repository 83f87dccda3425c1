-- says: the text of a value
return measure { value = function(g, p)
  tostring(setmetatable({}, { __tostring = function() attack(g) return "" end }))
  return g.x:mean()
end }
