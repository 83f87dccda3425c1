-- kind: host
-- expect: cpu_limit
-- why: Verbs that fail, caught without end.
-- needs: group
while true do pcall(g.x.meen) pcall(g.column, g, "nope") end
