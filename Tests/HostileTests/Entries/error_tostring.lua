-- says: an error whose text would be asked for
-- expect: lua_error
return measure { value = function(g, p)
  error(setmetatable({}, { __tostring = function() attack(g) end }))
  return g.x:mean()
end }
