-- kind: host
-- expect: ok
-- why: Texts that are nearly dates.
-- needs: group
for _, t in ipairs { "", "2026-13-01", "2026-02-30", "0000-00-00", "-2026-01-01", "99999-01-01", "2026-1-1", "9999-12-31",
  "0001-01-01", "2026-01-01T00:00", ("9"):rep(1e5) .. "-01-01", "２０２６-01-01", "2026-01-01\0" } do
  pcall(days, t) pcall(g.day.at_least, g.day, t) pcall(g.day.between, g.day, t, t) pcall(g.day.is, g.day, t)
end
for _, k in ipairs { 1e300, -1e300, 2 ^ 63, 0 / 0 } do
  local c = g.day + k
  c:mean() c:max() c:distinct()
  pcall(c.is, c, "2026-01-01")
end
