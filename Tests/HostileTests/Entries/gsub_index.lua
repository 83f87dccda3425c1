-- says: the table of a substitution
return measure { value = function(g, p)
  string.gsub("x", ".", setmetatable({}, { __index = function() attack(g) end }))
  return g.x:mean()
end }
