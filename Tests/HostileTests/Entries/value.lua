-- says: the function that evaluates a group
return measure { value = function(g, p)
  attack(g)
  return g.x:mean()
end }
