-- Variance between schools and within them, by REML.
return measure {
  id = "bench.variance", version = "1.0.0", title = "Variance", domain = "outcome", type = "outcome", unit = "points",
  from = "data",
  value = function(g, p)
    local parts = g.score:variance_components(g.school, { method = "reml" })
    return { between = parts.between, within = parts.within }
  end,
}
