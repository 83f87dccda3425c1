-- What else is going on: the mean number of initiatives, beside the network's, that people say they work on.
-- The item is the network's own; 0 is an answer. Left out: blanks, "does not apply", not asked, not loaded.
return measure {
  id = "env.competing_load", version = "1.0.0",
  title = "Competing initiatives", question = "How many other initiatives compete for people's time?",
  domain = "environment", type = "driver", direction = "lower", unit = "initiatives",
  source = "Network Health survey, embeddedness in the institutional environment; own item",
  from = "survey", columns = { "initiatives" },
  by = { {}, { "network" }, { "district" }, { "school" } }, every = "wave",
  value = function(g, p)
    return g.initiatives:mean()
  end,
  tests = {
    { name = "the mean of three", rows = { { initiatives = 1 }, { initiatives = 2 }, { initiatives = 6 } },
      expect = { value = 3, n = 3 } },
    { name = "none is an answer: 0",
      rows = { { initiatives = 0 }, { initiatives = 3 } }, expect = { value = 1.5, n = 2 } },
    { name = "a blank is not none", rows = { { initiatives = 3 }, {} }, expect = { value = 3, n = 1 } },
    { name = "nor is don't know", rows = { { initiatives = missing("not_applicable") } },
      expect = { status = "insufficient" } },
  },
}
