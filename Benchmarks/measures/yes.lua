-- A share with Wilson's interval.
return measure {
  id = "bench.yes", version = "1.0.0", title = "Yes", domain = "culture", type = "driver", unit = "proportion", from = "data",
  value = function(g, p) return g.yes:share() end,
}
