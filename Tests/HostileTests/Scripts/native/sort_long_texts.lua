-- kind: native
-- expect: cpu_limit
-- why: Texts that differ only at their ends, a comparison of which takes long.
local a, t = ("x"):rep(2e6), {}
local b = a .. "y"
for i = 1, 1e4 do t[i] = i % 2 == 0 and a or b end
while true do table.sort(t) t[1], t[2] = t[2], t[1] end
