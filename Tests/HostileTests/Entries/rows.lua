-- says: a loop over rows
return measure { value = function(g, p)
  for r in g:rows() do attack(g) break end
  return g.x:mean()
end }
