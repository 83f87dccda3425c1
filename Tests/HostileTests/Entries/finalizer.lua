-- says: a finalizer
-- expect: ok
return measure { value = function(g, p)
  for i = 1, 200 do setmetatable({}, { __gc = function() attack(g) end }) end
  local waste = {}
  for i = 1, 20000 do waste[i % 10] = { i } end
  return g.x:mean()
end }
