-- says: both sides of a protected call
-- catches: again
return measure { value = function(g, p)
  xpcall(attack, attack, g)
  return g.x:mean()
end }
