-- kind: loops
-- expect: cpu_limit
-- why: Open upvalues are closed in every turn.
local x = 0
while true do
  local y = x
  local f = function() y = y + 1 return y end
  x = f()
end
