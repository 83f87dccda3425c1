-- says: the handler of an error
-- catches: again
return measure { value = function(g, p)
  xpcall(error, function() attack(g) end)
  return g.x:mean()
end }
