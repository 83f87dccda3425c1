-- kind: modules
-- expect: ok
-- why: What failed is not remembered as being under way.
for i = 1, 1000 do
  local ok, message = pcall(require, i % 2 == 0 and "evil.circle_a" or "evil.circle_b")
  assert(not ok and message:find("circle", 1, true))
end
