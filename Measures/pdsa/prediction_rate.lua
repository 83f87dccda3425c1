-- Cycles in which somebody wrote down beforehand what would happen.
-- A feature of a true cycle in Taylor et al. 2014. Left out: cycles that do not say, for whatever reason it is missing.
return measure {
  id = "pdsa.prediction_rate", version = "1.0.0",
  title = "Cycles with a prediction", question = "In how many cycles is a prediction written down before the test?",
  domain = "pdsa", type = "pdsa", direction = "higher", unit = "proportion",
  source = "Taylor et al. 2014, BMJ Quality & Safety",
  from = "pdsa", columns = { "prediction" },
  by = { {}, { "network" }, { "district" }, { "school" }, { "team" }, { "change_idea" } }, every = "school_year",
  value = function(g, p)
    return g.prediction:share()
  end,
  tests = {
    { name = "one of four",
      rows = { { prediction = true }, { prediction = false }, { prediction = false }, { prediction = false } },
      expect = { value = 0.25, n = 4 } },
    { name = "a blank is not a no", rows = { { prediction = true }, {} }, expect = { value = 1, n = 1 } },
    { name = "no prediction at all is 0, not unknown",
      rows = { { prediction = false } }, expect = { value = 0, n = 1 } },
    { name = "a load without the column does not say", rows = { { prediction = missing("not_loaded") } },
      expect = { status = "insufficient" } },
  },
}
