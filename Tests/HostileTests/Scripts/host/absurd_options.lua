-- kind: host
-- expect: ok
-- why: Options of wrong names, kinds and depths.
-- needs: group
local cycle = {}
cycle.by = cycle
for _, o in ipairs { 1, "x", true, {}, { 1 }, { by = 1 }, { by = {} }, { by = "nope" }, { by = g }, cycle, { by = print }, { type = {} },
  { max = "x" }, { [1.5] = 1 }, { [true] = 1 }, { answered = {} } } do
  assert(not pcall(g.x.weighted, g.x, o) or o.by)
  pcall(g.x.top_box, g.x, 1, o) pcall(g.x.quantile, g.x, 0.5, o) pcall(g.scale, g, { "x" }, o) pcall(g.x.isin, g.x, o)
end
