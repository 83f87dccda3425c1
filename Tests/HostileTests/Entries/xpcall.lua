-- says: a protected call with a handler
-- catches: yes
return measure { value = function(g, p)
  xpcall(attack, function(e) return e end, g)
  return g.x:mean()
end }
