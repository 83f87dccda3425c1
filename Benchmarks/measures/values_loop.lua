-- A loop over the values of a column, made ready by the host.
return measure {
  id = "bench.values", version = "1.0.0", title = "Values", domain = "culture", type = "driver", unit = "points",
  from = "data", columns = { "q01" },
  value = function(g, p)
    local sum, high = 0, 0
    for _, x in ipairs(g.q01:values()) do
      sum = sum + x * x
      if x >= 5 then high = high + 1 end
    end
    return sum + high
  end,
}
