-- says: a loop over matches
return measure { value = function(g, p)
  for w in string.gmatch("a", "%a") do attack(g) end
  return g.x:mean()
end }
