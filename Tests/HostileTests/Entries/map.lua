-- says: a function handed to a verb
return measure { value = function(g, p)
  local done
  g.x:map(function(v) if not done then done = true attack(g) end return v end)
  return g.x:mean()
end }
