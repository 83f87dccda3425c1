-- Means and shares of ten items with their intervals.
local items = { "q01", "q02", "q03", "q04", "q05", "q06", "q07", "q08", "q09", "q10" }

return measure {
  id = "bench.grouped", version = "1.0.0", title = "Ten items", domain = "culture", type = "driver", unit = "points",
  from = "data", columns = items,
  value = function(g, p)
    local parts = {}
    for _, name in ipairs(items) do
      local item = g:column(name)
      parts[name] = item:mean()
      parts[name .. "_share"] = item:at_least(5):share()
    end
    return parts
  end,
}
