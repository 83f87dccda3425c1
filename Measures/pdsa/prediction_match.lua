-- Whether predictions come true: cycles in which what happened matched the prediction, of those that have both. Teams
-- that are always right learn little. Left out: cycles without a prediction or without a result (any kind of
-- missing).
return measure {
  id = "pdsa.prediction_match", version = "1.0.0",
  title = "Predictions that came true", question = "How often did what happened match what the team had predicted?",
  domain = "pdsa", type = "pdsa", unit = "proportion",
  source = "Model for Improvement, the cycle's form (prediction matched: yes, partly, no)",
  from = "pdsa", columns = { "prediction", "matched" },
  by = { {}, { "network" }, { "team" }, { "change_idea" } }, every = "school_year",
  params = { partly = { default = 0, min = 0, max = 1, about = "1 counts `partly` as a match" } },
  presets = { partly_counts = { partly = 1 } },
  value = function(g, p)
    local both = g:where(g.prediction & g.matched:valid())
    if p.partly > 0 then return both.matched:isin({ "yes", "partly" }):share() end
    return both.matched:is("yes"):share()
  end,
  tests = {
    { name = "one of three; partly is no match",
      rows = {
        { prediction = true, matched = "yes" }, { prediction = true, matched = "partly" },
        { prediction = true, matched = "no" },
      },
      expect = { value = 1 / 3, n = 3 } },
    { name = "partly counts", preset = "partly_counts",
      rows = { { prediction = true, matched = "partly" }, { prediction = true, matched = "no" } },
      expect = { value = 0.5 } },
    { name = "without a prediction or a result there is nothing to compare",
      rows = {
        { prediction = false, matched = "yes" }, { matched = "yes" }, { prediction = true },
        { prediction = true, matched = "no" },
      },
      expect = { value = 0, n = 1 } },
    { name = "no cycle has both", rows = { { prediction = true }, { prediction = false, matched = "no" } },
      expect = { status = "insufficient" } },
  },
}
