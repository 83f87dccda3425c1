-- kind: sticky
-- expect: cpu_limit
-- why: The stop passes through arithmetic, comparison and concatenation.
local function spin() while true do end end
local t = setmetatable({}, { __add = spin, __lt = spin, __idiv = spin, __index = spin, __eq = spin })
while true do
  pcall(function() return t + 1 end)
  pcall(function() return t < t end)
  pcall(function() return t // "x" end)
end
