-- says: options whose metatable would be asked
-- expect: ok
return measure { value = function(g, p)
  local function run() attack(g) end
  g.x:quantile(0.5, setmetatable({}, { __index = run, __pairs = run, __len = run }))
  return g.x:mean()
end }
