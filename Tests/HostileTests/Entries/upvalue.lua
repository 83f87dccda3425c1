-- says: a closure made by another
return measure { value = function(g, p)
  local function make(h) return function() attack(h) end end
  make(g)()
  return g.x:mean()
end }
