-- kind: host
-- expect: cpu_limit
-- why: Splits of splits.
-- needs: group
while true do for _, a in g:each("role") do for _, b in a:each("who") do b.x:mean() end end end
