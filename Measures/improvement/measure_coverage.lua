-- Drivers that somebody measures: those whose practical measure was collected in the last four months.
-- A driver without a measure counts as not covered. Left out: loads without measures of drivers (not loaded).
return measure {
  id = "ci.measure_coverage", version = "1.0.0",
  title = "Drivers with a live measure", question = "How many drivers have a measure that is still collected?",
  domain = "improvement", type = "process", direction = "higher", unit = "proportion",
  source = "Open Way Learning, driver diagrams and practical measures",
  from = "drivers", with = { "practical" }, columns = { "measure" },
  by = { {}, { "network" } }, every = "all",
  params = { days = { default = 120, min = 1, max = 3650, about = "days in which a live measure was collected" } },
  value = function(g, p)
    local today = days(g.as_of)
    local practical = g.with.practical
    local recent = practical:where(practical.date:between(today - p.days, today))
    local told = g:where(~g.measure:missing("not_loaded"))
    return (told.measure:valid() & told.measure:isin(recent.measure)):share()
  end,
  tests = {
    { name = "collected exactly 120 days ago is live, a day earlier is not; no measure is none", as_of = "2026-05-01",
      data = {
        drivers = { { measure = "m1" }, { measure = "m2" }, {} },
        practical = { { measure = "m1", date = "2026-01-01" }, { measure = "m2", date = "2025-12-31" } },
      },
      expect = { value = 1 / 3, n = 3 } },
    { name = "what is collected later does not count yet", as_of = "2026-05-01",
      data = { drivers = { { measure = "m1" } }, practical = { { measure = "m1", date = "2026-05-02" } } },
      expect = { value = 0, n = 1 } },
    { name = "a load without measures of drivers does not say", as_of = "2026-05-01",
      data = {
        drivers = { { measure = missing("not_loaded") } }, practical = { { measure = "m1", date = "2026-05-01" } },
      },
      expect = { status = "insufficient" } },
  },
}
