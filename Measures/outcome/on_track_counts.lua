-- Students on track, of students enrolled, as it stands in the newest week of the month: every student counts once.
-- For hubs that get counts and no student records; out.on_track says the rule, here it is decided where the counts are made.
return measure {
  id = "out.on_track_counts", version = "1.0.0",
  title = "Students on track, from counts", question = "Which share of the students is on track?",
  domain = "outcome", type = "outcome", direction = "higher", unit = "proportion",
  source = "UChicago Consortium or E-W Framework, as the source of the counts says",
  from = "outcomes", columns = { "week_start", "on_track", "enrolled" },
  by = { {}, { "network" }, { "district" }, { "school" }, { "student_group" }, { "district", "student_group" } },
  every = "month", chart = { kind = "p_prime", rules = "anhoej" },
  value = function(g, p)
    -- Where one of the two counts is missing, neither may count.
    local told = g:where(g.on_track:valid() & g.enrolled:valid())
    local newest = told.week_start:max().value
    if newest == nil then return insufficient("nothing was counted") end
    local week = told:where(told.week_start:is(newest))
    return proportion(week.on_track:sum(), week.enrolled:sum())
  end,
  tests = {
    { name = "counts are added up, not shares",
      rows = {
        { week_start = "2025-10-06", on_track = 90, enrolled = 100 },
        { week_start = "2025-10-06", on_track = 0, enrolled = 20 },
      },
      expect = { value = 0.75, n = 120 } },
    { name = "only the newest week counts",
      rows = {
        { week_start = "2025-10-13", on_track = 15, enrolled = 30 },
        { week_start = "2025-10-06", on_track = 30, enrolled = 30 },
      },
      expect = { value = 0.5, n = 30 } },
    { name = "all are on track", rows = { { week_start = "2025-10-06", on_track = 30, enrolled = 30 } },
      expect = { value = 1, n = 30 } },
    { name = "a week without a count is left out whole",
      rows = {
        { week_start = "2025-10-06", on_track = 15, enrolled = 30 }, { week_start = "2025-10-13", enrolled = 30 },
        { week_start = "2025-10-20", on_track = 10 },
      },
      expect = { value = 0.5, n = 30 } },
    { name = "nothing was counted",
      rows = {
        { week_start = "2025-10-06", enrolled = 30 },
        { week_start = "2025-10-06", on_track = missing("not_loaded"), enrolled = 30 },
      },
      expect = { status = "insufficient" } },
    { name = "more on track than enrolled is an error",
      rows = { { week_start = "2025-10-06", on_track = 31, enrolled = 30 } }, expect = { error = "not above the second" } },
  },
}
