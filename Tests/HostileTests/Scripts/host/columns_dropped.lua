-- kind: host
-- expect: cpu_limit
-- why: What is let go of must come back.
-- needs: group
while true do local c = g.x + 1 end
