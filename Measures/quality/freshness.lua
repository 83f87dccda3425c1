-- How many expected waits have gone by since the newest row of each dataset: 0 is on time, 1 and more is late. What is late
-- is counted in whole waits, not in days, because the date of a single newest row would tell of the one person behind it.
-- It looks at the dates inside the data, not at the days of imports, so that the same data give the same answer whenever
-- they are loaded. Rows without a date, for whatever reason, are left out.
local function waits(as_of, dates, wait)
  return ((as_of - dates) // wait):min()
end

return measure {
  id = "dq.freshness", version = "1.0.0",
  title = "Waits since the newest data", question = "Is a source late?",
  domain = "quality", type = "quality", direction = "lower", unit = "expected waits",
  source = "Own definition: days since the newest row by the days in which new rows are expected, rounded down",
  from = "survey", with = { "pdsa", "events", "contacts", "outcomes" }, columns = { "submitted" },
  by = { {}, { "network" } }, every = "all",
  params = {
    survey = { default = 183, min = 1, max = 1000, about = "days in which a new wave of the survey is expected" },
    practice = { default = 100, min = 1, max = 1000, about = "days in which cycles, events and contacts are expected" },
    outcomes = { default = 21, min = 1, max = 1000, about = "days in which new counts of students are expected" },
  },
  value = function(g, p)
    local today = days(g.as_of)
    return {
      survey = waits(today, g.submitted, p.survey),
      pdsa = waits(today, g.with.pdsa.started, p.practice),
      events = waits(today, g.with.events.date, p.practice),
      contacts = waits(today, g.with.contacts.requested, p.practice),
      outcomes = waits(today, g.with.outcomes.week_start, p.outcomes),
    }
  end,
  tests = {
    { name = "a day before the wait is over all is well; when it is over the source is late", as_of = "2026-06-30",
      params = { survey = 30, practice = 10, outcomes = 7 },
      data = {
        survey = { { submitted = "2026-06-01" }, { submitted = "2025-01-01" } },
        pdsa = { { started = "2026-06-20" } }, events = { { date = "2026-06-21" } }, contacts = { { requested = "2026-06-30" } },
        outcomes = { { week_start = "2026-06-15" } },
      },
      expect = { parts = { survey = { value = 0, n = 2 }, pdsa = 1, events = 0, contacts = 0, outcomes = 2 } } },
    { name = "a source without any date cannot be fresh or late", as_of = "2026-06-30",
      data = {
        survey = { { submitted = "2026-06-01" } }, pdsa = { {} }, events = { { date = missing("not_loaded") } },
        contacts = { { requested = "2026-06-30" } }, outcomes = { { week_start = "2026-06-29" } },
      },
      expect = { parts = { pdsa = { status = "insufficient" }, events = { status = "insufficient" }, outcomes = 0 } } },
  },
}
