-- says: a loop over parts of a group
return measure { value = function(g, p)
  for _, part in g:each("role") do attack(part) break end
  return g.x:mean()
end }
