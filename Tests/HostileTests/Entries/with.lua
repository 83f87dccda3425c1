-- says: the rows of another dataset
return measure { value = function(g, p)
  for r in g.with.roster:rows() do attack(g) break end
  return g.x:mean()
end }
