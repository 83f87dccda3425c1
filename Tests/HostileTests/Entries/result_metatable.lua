-- says: a result whose metatable would be asked
-- expect: ok
return measure { value = function(g)
  local function run() attack(g) end
  return setmetatable({ a = g.x:mean() }, { __index = run, __pairs = run, __len = run, __tostring = run, __call = run })
end }
