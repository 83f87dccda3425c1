-- kind: sticky
-- expect: cpu_limit
-- why: Each level catches what the one below let through.
local function deep(n) if n == 0 then while true do end end return pcall(deep, n - 1) end
while true do deep(150) end
