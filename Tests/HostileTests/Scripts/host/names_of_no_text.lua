-- kind: host
-- expect: ok
-- why: Names that are no texts.
-- needs: group
for _, name in ipairs { 1, 1.5, true, {}, print, 0 / 0, g } do
  assert(not pcall(function() return g[name] end) and not pcall(g.column, g, name))
end
