-- says: a function of a module, called for each group
return measure { value = function(g, p)
  require("evil.caller")(attack, g)
  return g.x:mean()
end }
