-- says: some rows of a group
return measure { value = function(g, p)
  local some = g:where(g.x:above(0))
  attack(some)
  return g.x:mean()
end }
