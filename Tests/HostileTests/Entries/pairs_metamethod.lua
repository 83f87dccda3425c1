-- says: a metamethod that a loop over fields asks
return measure { value = function(g, p)
  for _ in pairs(setmetatable({}, { __pairs = function() attack(g) return next, {} end })) do end
  return g.x:mean()
end }
