-- says: the second of several groups
-- by: role
return measure { value = function(g, p)
  if g.keys.role == "b" then attack(g) end
  return g.x:mean()
end }
