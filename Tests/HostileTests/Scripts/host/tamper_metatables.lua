-- kind: host
-- expect: ok
-- why: Metatables of the host's objects are out of reach.
-- needs: group
for _, o in ipairs { g, g.x, g.x:mean(), g.x:weighted { by = g.x }, g.with, missing("skipped") } do
  assert(getmetatable(o) == false)
  assert(not pcall(setmetatable, o, {}))
  assert(not pcall(function() o.x = 1 end) and not pcall(rawset, o, "x", 1) and not pcall(rawget, o, "x"))
  assert(not pcall(rawlen, o) and not pcall(next, o) and not pcall(table.insert, o, 1))
end
