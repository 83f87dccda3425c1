-- kind: host
-- expect: ok
-- why: The number of a row is that of its group, but it is no group.
-- needs: group
for r in g:rows() do
  assert(not pcall(g.where, r, g.x:above(0)) and not pcall(g.rows, r) and not pcall(g.each, r, "role"))
  assert(not pcall(function() return r:mean() end))
  break
end
