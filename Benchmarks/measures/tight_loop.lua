-- A loop whose text the driver puts in, as in peers/tight_loop.lua.
return measure {
  id = "bench.loop", version = "1.0.0", title = "Loop", domain = "culture", type = "driver", unit = "points",
  from = "data", columns = { "q01" },
  value = function(g, p)
    LOOP
    return result
  end,
}
