-- How far groups of students are behind or ahead: each group's on-track rate less the rate of the general group, in the
-- newest week of the quarter. Below 0 the group is behind. No interval is claimed for the gap of two rates of counts.
local function on_track(students)
  return proportion(students.on_track:sum(), students.enrolled:sum())
end

return measure {
  id = "out.equity_gap", version = "1.0.0",
  title = "On track: gap to the general group",
  question = "Are multilingual students, and students with an IEP, as often on track as others?",
  domain = "outcome", type = "outcome", direction = "higher", unit = "proportion",
  source = "Own definition; the rates are those of out.on_track",
  from = "outcomes", columns = { "week_start", "student_group", "on_track", "enrolled" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  value = function(g, p)
    local told = g:where(g.on_track:valid() & g.enrolled:valid())
    local newest = told.week_start:max().value
    if newest == nil then return insufficient("nothing was counted") end
    local week = told:where(told.week_start:is(newest))
    local general = on_track(week:where(week.student_group:is("general")))
    return {
      multilingual = difference(on_track(week:where(week.student_group:is("multilingual"))), general),
      iep = difference(on_track(week:where(week.student_group:is("iep"))), general),
    }
  end,
  tests = {
    { name = "behind is below 0, level is 0",
      rows = {
        { week_start = "2025-10-06", student_group = "general", on_track = 80, enrolled = 100 },
        { week_start = "2025-10-06", student_group = "multilingual", on_track = 12, enrolled = 20 },
        { week_start = "2025-10-06", student_group = "iep", on_track = 8, enrolled = 10 },
      },
      expect = { parts = { multilingual = { value = -0.2, n = 20 }, iep = { value = 0, n = 10 } } } },
    { name = "a group that is not there has no gap; the other keeps its own",
      rows = {
        { week_start = "2025-10-06", student_group = "general", on_track = 5, enrolled = 10 },
        { week_start = "2025-10-06", student_group = "iep", on_track = 6, enrolled = 10 },
      },
      expect = { parts = { multilingual = { status = "insufficient" }, iep = 0.1 } } },
    { name = "a week without a count is left out of its group",
      rows = {
        { week_start = "2025-10-06", student_group = "general", on_track = 5, enrolled = 10 },
        { week_start = "2025-10-06", student_group = "general", enrolled = 90 },
        { week_start = "2025-10-06", student_group = "iep", on_track = 5, enrolled = 10 },
      },
      expect = { parts = { iep = { value = 0, n = 10 } } } },
    { name = "only the newest week counts, and students of no known group are in no rate",
      rows = {
        { week_start = "2025-09-29", student_group = "iep", on_track = 10, enrolled = 10 },
        { week_start = "2025-10-06", student_group = "general", on_track = 5, enrolled = 10 },
        { week_start = "2025-10-06", student_group = "iep", on_track = 5, enrolled = 10 },
        { week_start = "2025-10-06", student_group = missing("not_loaded"), on_track = 0, enrolled = 10 },
      },
      expect = { parts = { iep = 0 } } },
  },
}
