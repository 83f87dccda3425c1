-- says: that function, by way of its parameters
return measure { value = function(g, p)
  p.attack = attack
  p.attack(g)
  return g.x:mean()
end }
