-- The share of enrolled pupils who were absent, with Wilson's interval.
return measure {
  id = "bench.outcomes", version = "1.0.0", title = "Absence", domain = "outcome", type = "outcome",
  unit = "proportion", from = "data", columns = { "absent", "enrolled" },
  value = function(g, p)
    return proportion(g.absent:sum(), g.enrolled:sum())
  end,
}
