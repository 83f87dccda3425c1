-- How much of a true cycle there is in each: the mean share of five features, from 0 to 1.
-- Documented, predicted, chained, first tried small, data over time: the features in Taylor et al. 2014.
-- Left out: cycles of which any feature is unknown; a blank `previous` is no gap but the first cycle of a chain.
return measure {
  id = "pdsa.quality_index", version = "1.0.0",
  title = "Quality of cycles", question = "How many of the five features of a true cycle does a cycle have?",
  domain = "pdsa", type = "pdsa", direction = "higher", unit = "proportion",
  source = "Taylor et al. 2014, BMJ Quality & Safety; Knudsen et al. 2019, BMC Health Services Research",
  from = "pdsa", columns = { "previous", "scale", "prediction", "data_points", "documented" },
  by = { {}, { "network" }, { "district" }, { "team" }, { "change_idea" } }, every = "school_year",
  params = {
    data_points = { default = 3, min = 1, max = 100, about = "measurements that count as data over time" },
  },
  presets = { run_chart = { data_points = 10 } },
  value = function(g, p)
    -- A blank `previous` means the first cycle of a chain; a load without the column does not say.
    local told = g:where(~g:column("previous"):missing("not_loaded"))
    local chained = told:column("previous"):valid()
    -- A later cycle may be larger; the first is to be tried by one person in one place.
    local small_first = chained | told:column("scale"):is("one")
    local over_time = told.data_points:at_least(p.data_points)
    return ((told.documented + told.prediction + chained + small_first + over_time) / 5):mean()
  end,
  tests = {
    { name = "all five",
      rows = { { previous = "c1", scale = "few", prediction = true, data_points = 3, documented = true } },
      expect = { value = 1, n = 1 } },
    { name = "a first cycle cannot be chained, but small",
      rows = { { scale = "one", prediction = true, data_points = 3, documented = true } }, expect = { value = 0.8 } },
    { name = "exactly so many measurements as are asked for are enough",
      rows = {
        { previous = "c1", scale = "one", prediction = false, data_points = 3, documented = false },
        { previous = "c1", scale = "one", prediction = false, data_points = 2, documented = false },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "a cycle with an unknown feature is left out",
      rows = { { scale = "one", data_points = 3, documented = true } }, expect = { status = "insufficient" } },
    { name = "run_chart: three measurements are too few", preset = "run_chart",
      rows = { { previous = "c1", scale = "one", prediction = true, data_points = 3, documented = true } },
      expect = { value = 0.8 } },
    { name = "a load without `previous` does not say whether cycles were chained",
      rows = {
        { previous = missing("not_loaded"), scale = "one", prediction = true, data_points = 3, documented = true },
      },
      expect = { status = "insufficient" } },
  },
}
