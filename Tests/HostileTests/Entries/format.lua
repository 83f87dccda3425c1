-- says: a text that is formatted
return measure { value = function(g, p)
  string.format("%s", setmetatable({}, { __tostring = function() attack(g) return "" end }))
  return g.x:mean()
end }
