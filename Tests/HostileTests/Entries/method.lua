-- says: a method of its own
return measure { value = function(g, p)
  local o = { run = function(self) attack(self.g) end, g = g }
  o:run()
  return g.x:mean()
end }
