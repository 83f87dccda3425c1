-- kind: hashes
-- expect: cpu_limit
-- why: Keys that come and go lay a table out anew.
local t = {}
local i = 0
while true do i = i + 1 t["k" .. i] = 1 t["k" .. (i - 5)] = nil end
