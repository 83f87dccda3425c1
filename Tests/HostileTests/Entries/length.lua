-- says: a length
return measure { value = function(g, p)
  local _ = #setmetatable({}, { __len = function() attack(g) return 0 end })
  return g.x:mean()
end }
