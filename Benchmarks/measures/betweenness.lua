-- The highest betweenness of all nodes, and their mean.
return measure {
  id = "bench.betweenness", version = "1.0.0", title = "Betweenness", domain = "across_teams", type = "driver",
  unit = "paths", from = "data",
  value = function(g, p)
    local scores = g:graph{ from = "from", to = "to" }:betweenness()
    return { highest = scores:max(), mean = scores:mean() }
  end,
}
