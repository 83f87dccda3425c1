-- says: the callback of a substitution
return measure { value = function(g, p)
  string.gsub("x", ".", function() attack(g) end)
  return g.x:mean()
end }
