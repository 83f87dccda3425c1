-- kind: modules
-- expect: cpu_limit or lua_error
-- why: The same from far down the stack, where looking for the way there takes long.
local function f(n)
  if n > 0 then return 1 + f(n - 1) end
  for i = 1, 1e9 do pcall(require, "evil.circle_a") end
  return 0
end
f(10000)
