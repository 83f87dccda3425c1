-- kind: host
-- expect: cpu_limit
-- why: Verbs that fail, caught without end.
-- needs: group
while true do pcall(function() return g.x:meen() end) pcall(g.column, g, "nope") end
