-- says: a metamethod that loops would ask
-- expect: ok
return measure { value = function(g, p)
  for _ in pairs(setmetatable({}, { __pairs = function() attack(g) end })) do end
  return g.x:mean()
end }
