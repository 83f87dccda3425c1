-- kind: host
-- expect: ok
-- why: Numbers at all ends, for every verb that takes one.
-- needs: group
local numbers = { 0, -0.0, -1, 1e308, -1e308, 5e-324, 2 ^ 53, 2 ^ 63, -2 ^ 63, 0 / 0, 1 / 0, -1 / 0, math.maxinteger, math.mininteger }
for _, a in ipairs(numbers) do
  for _, verb in ipairs { "is", "at_least", "at_most", "above", "below", "top_box", "quantile" } do pcall(g.x[verb], g.x, a) end
  for _, b in ipairs(numbers) do
    pcall(g.x.between, g.x, a, b) pcall(g.x.top_box, g.x, a, { max = b }) pcall(g.x.quantile, g.x, 0.5, { type = a })
    pcall(g.scale, g, { "x", "y" }, { answered = a, range = { a, b }, reverse = { "x" } })
  end
  for _, f in ipairs { function() return g.x + a end, function() return g.x / a end, function() return g.x // a end,
    function() return g.x % a end, function() return g.x ^ a end, function() return a - g.x end,
    function() return g.x:mean() * a end, function() return g.x:mean() / a end, function() return g.x & a end } do
    pcall(function() local c = f() c:mean() c:sd() c:median() c:quantile(0.1) c:distinct() end)
  end
  pcall(days, a) pcall(missing, a) pcall(insufficient, a) pcall(function() return proportion(g.x:sum() * a, g.x:count()) end)
end
