-- says: elements of a text
return measure { value = function(g, p)
  table.concat(setmetatable({}, { __len = function() return 1 end, __index = function() attack(g) return "" end }))
  return g.x:mean()
end }
