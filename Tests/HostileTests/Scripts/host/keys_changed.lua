-- kind: host
-- expect: ok
-- why: So are the tables of keys and period.
-- needs: group
g.keys.role = "nobody" g.period.label = "never"
assert(g.keys.role ~= "nobody" and g.period.label ~= "never")
