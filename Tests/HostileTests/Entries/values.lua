-- says: a loop over values
return measure { value = function(g, p)
  for i, v in ipairs(g.x:values()) do attack(g) break end
  return g.x:mean()
end }
