-- kind: host
-- expect: ok
-- why: Texts of objects show no addresses.
-- needs: group
for _, o in ipairs { g, g.x, g.x:mean(), g.with, missing("skipped") } do assert(not tostring(o):find("%d")) end
