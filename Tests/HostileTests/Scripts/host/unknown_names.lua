-- kind: host
-- expect: ok
-- why: Names of every length and kind.
-- needs: group
for _, name in ipairs { "", "nope", ("x"):rep(1e6), "\0", "\xff\xfe", "__index", "__gc", "mean", "x.missing", "../x" } do
  pcall(function() return g[name] end)
  pcall(g.column, g, name) pcall(g.each, g, name) pcall(g.join, g, name, { a = "x" }, { "x" })
  pcall(function() return g.with[name] end)
end
