-- says: a concatenation, for which nothing is called
-- expect: lua_error
return measure { value = function(g, p)
  local _ = "a" .. setmetatable({}, { __concat = function() attack(g) return "" end }) .. "b"
  return g.x:mean()
end }
