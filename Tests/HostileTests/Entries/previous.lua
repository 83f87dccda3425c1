-- says: the rows of the period before
-- periods: two
return measure { value = function(g, p)
  local before = g:previous()
  if before then attack(before) end
  return g.x:mean()
end }
