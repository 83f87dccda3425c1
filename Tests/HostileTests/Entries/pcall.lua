-- says: a protected call
-- catches: yes
return measure { value = function(g, p)
  pcall(attack, g)
  return g.x:mean()
end }
