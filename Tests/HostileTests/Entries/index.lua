-- says: a field that is not there
return measure { value = function(g, p)
  local _ = setmetatable({}, { __index = function() attack(g) end }).x
  return g.x:mean()
end }
