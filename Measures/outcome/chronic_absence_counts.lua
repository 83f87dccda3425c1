-- Students who are chronically absent, of students enrolled, as it stands in the newest week of the month.
-- For hubs that get counts and no student records. Whether exactly 90 % counts, and from how many days on, is decided where
-- the counts are made: ask there first. out.chronic_absence says it.
return measure {
  id = "out.chronic_absence_counts", version = "1.0.0",
  title = "Chronic absence, from counts", question = "Which share of the students misses a tenth of school or more?",
  domain = "outcome", type = "outcome", direction = "lower", unit = "proportion",
  source = "Chronic absence (10 % of days enrolled), as the source of the counts applies it",
  from = "outcomes", columns = { "week_start", "absent_10", "enrolled" },
  by = { {}, { "network" }, { "district" }, { "school" }, { "student_group" }, { "district", "student_group" } },
  every = "month", chart = { kind = "p_prime", rules = "anhoej" },
  params = {
    weeks = { default = 1, min = 1, max = 5, about = "how many of the month's newest weeks count" },
  },
  -- Over several weeks a student counts several times: n and the interval then promise too much.
  presets = { whole_month = { weeks = 5 } },
  value = function(g, p)
    local told = g:where(g.absent_10:valid() & g.enrolled:valid())
    local newest = told.week_start:max().value
    if newest == nil then return insufficient("nothing was counted") end
    local weeks = told:where(told.week_start:above(newest - 7 * p.weeks))
    return proportion(weeks.absent_10:sum(), weeks.enrolled:sum())
  end,
  tests = {
    { name = "only the newest week counts",
      rows = {
        { week_start = "2025-10-06", absent_10 = 3, enrolled = 30 },
        { week_start = "2025-10-27", absent_10 = 9, enrolled = 30 },
      },
      expect = { value = 0.3, n = 30 } },
    { name = "with the preset every week counts", preset = "whole_month",
      rows = {
        { week_start = "2025-10-06", absent_10 = 3, enrolled = 30 },
        { week_start = "2025-10-27", absent_10 = 9, enrolled = 30 },
      },
      expect = { value = 0.2, n = 60 } },
    { name = "a week that begins exactly so many weeks before the newest is out", params = { weeks = 2 },
      rows = {
        { week_start = "2025-10-06", absent_10 = 30, enrolled = 30 },
        { week_start = "2025-10-13", absent_10 = 3, enrolled = 30 },
        { week_start = "2025-10-20", absent_10 = 9, enrolled = 30 },
      },
      expect = { value = 0.2, n = 60 } },
    { name = "a week without a count is left out whole",
      rows = {
        { week_start = "2025-10-06", absent_10 = 3, enrolled = 30 }, { week_start = "2025-10-13", enrolled = 30 },
        { week_start = "2025-10-20", absent_10 = 3 },
      },
      expect = { value = 0.1, n = 30 } },
    { name = "a load without the count does not say that nobody was absent",
      rows = { { week_start = "2025-10-06", absent_10 = missing("not_loaded"), enrolled = 30 } },
      expect = { status = "insufficient" } },
    { name = "nobody absent is 0", rows = { { week_start = "2025-10-06", absent_10 = 0, enrolled = 30 } },
      expect = { value = 0, n = 30 } },
  },
}
