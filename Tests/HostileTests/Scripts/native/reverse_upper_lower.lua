-- kind: native
-- expect: cpu_limit
-- why: Every call copies megabytes.
local s = ("x"):rep(2e6)
while true do s:reverse() s:upper() s:lower() s:sub(2) end
