-- says: a comparator
return measure { value = function(g, p)
  local n = 0
  table.sort({ 3, 1, 2 }, function(a, b) n = n + 1 if n == 2 then attack(g) end return a < b end)
  return g.x:mean()
end }
