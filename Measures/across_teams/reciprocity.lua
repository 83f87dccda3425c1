-- Help that goes both ways: pairs of people who name each other, of all pairs with a tie. In the network of Kallio and
-- Halverson reciprocated help is what trust looks like. Where one of the two did not answer, a tie cannot be returned, so
-- read it beside the response rate. Rows without an end, and ties with oneself, are no ties.
return measure {
  id = "net.reciprocity", version = "1.0.0",
  title = "Reciprocated ties", question = "Does help go both ways?",
  domain = "across_teams", type = "driver", direction = "higher", unit = "proportion",
  source = "Kallio and Halverson 2019 (trust as reciprocated help); dyads of Holland and Leinhardt 1970",
  from = "ties", columns = { "from", "to" },
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    return g:graph():reciprocity{ of = "tied_pairs" }
  end,
  tests = {
    { name = "one pair of two names each other", rows = { { from = "a", to = "b" }, { from = "b", to = "a" }, { from = "a", to = "c" } },
      expect = { value = 0.5, n = 2 } },
    { name = "naming somebody twice is one tie, and oneself none",
      rows = { { from = "a", to = "b" }, { from = "a", to = "b" }, { from = "a", to = "a" } }, expect = { value = 0, n = 1 } },
    { name = "nobody named anybody, or the column is not there",
      rows = { { from = "a" }, { from = "b", to = missing("not_loaded") } }, expect = { status = "insufficient" } },
  },
}
