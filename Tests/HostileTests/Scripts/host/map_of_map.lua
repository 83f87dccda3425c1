-- kind: host
-- expect: cpu_limit
-- why: Maps in maps.
-- needs: group
local function deep(c, n) return c:map(function(v) if n > 0 then deep(c, n - 1) end return v end) end
while true do deep(g.x, 3) end
