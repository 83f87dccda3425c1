-- kind: patterns
-- expect: cpu_limit
-- why: A frontier looks at each place twice.
local a = ("THE (quick) fox "):rep(2e4)
for i = 1, 3000 do a:find("%f[%z]zzz") end
