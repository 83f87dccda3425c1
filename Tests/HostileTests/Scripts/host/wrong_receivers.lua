-- kind: host
-- expect: ok
-- why: A verb of one kind of object given another.
-- needs: group
local e, w, m = g.x:mean(), g.x:weighted { by = g.x }, missing("not_asked")
for _, o in ipairs { 1, "x", true, {}, print, e, w, m, g.with } do
  assert(not pcall(g.x.mean, o), tostring(o))
  assert(not pcall(g.where, o, g.x:above(0)))
  assert(not pcall(g.each, o, "role") and not pcall(g.rows, o) and not pcall(g.previous, o))
  if o ~= w then assert(not pcall(w.mean, o)) end
end
assert(not pcall(g.x.mean) and not pcall(g.x.mean, g) and not pcall(g.where, g.x, g.x))
