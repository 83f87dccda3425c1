-- says: a table that is called
return measure { value = function(g, p)
  setmetatable({}, { __call = function() attack(g) end })()
  return g.x:mean()
end }
