-- kind: native
-- expect: cpu_limit
-- why: Digits by the million.
local s = ("1"):rep(3e6)
while true do tonumber(s, 10) tonumber(s) end
