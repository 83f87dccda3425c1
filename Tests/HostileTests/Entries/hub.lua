-- says: a measure that may not look at rows
-- rows: no
return measure { value = function(g, p)
  attack(g)
  return g.x:mean()
end }
