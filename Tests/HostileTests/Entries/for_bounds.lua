-- says: a call among the bounds of a loop
return measure { value = function(g, p)
  for i = 1, select('#', attack(g)) do end
  return g.x:mean()
end }
