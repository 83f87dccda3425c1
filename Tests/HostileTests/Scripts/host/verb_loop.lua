-- kind: host
-- expect: cpu_limit
-- why: Cheap verbs without end.
-- needs: group
while true do g.x:mean() end
