-- kind: host
-- expect: ok
-- why: The number of a missing value is its kind, not that of an object.
-- needs: group
local column, estimate = g.x, g.x:mean()
for _, kind in ipairs { "skipped", "not_applicable", "not_asked", "not_loaded" } do
  local m = missing(kind)
  assert(not pcall(g.x.mean, m) and not pcall(g.where, m, g.x:above(0)) and not pcall(g.rows, m))
  assert(not pcall(ratio, m, m) and not pcall(g.where, g, m))
end
