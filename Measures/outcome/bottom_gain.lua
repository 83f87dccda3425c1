-- Whether schools that were behind catch up: the schools with the lowest quarter of on-track shares at the end of the last
-- school year, and how much their share has changed by the end of this one. The lowest of any list rise by chance alone, so
-- compare with the change of all schools, which stands beside it. No interval is claimed: the same schools are counted twice.
-- Weeks in which one of the counts is missing, for whatever reason, are left out.
local function newest(students)
  local told = students:where(students.on_track:valid() & students.enrolled:above(0))
  local week = told.week_start:max().value
  return week and told:where(told.week_start:is(week))
end

local function rate(students)
  return ratio(students.on_track:sum(), students.enrolled:sum())
end

local function lowest_quarter(students)
  local schools = {}
  for school, rows in students:each("school") do
    schools[#schools + 1] = { name = school, rate = rate(rows).value }
  end
  table.sort(schools, function(a, b) return a.rate < b.rate end)
  local names = {}
  for place = 1, math.ceil(#schools / 4) do names[place] = schools[place].name end
  return names
end

return measure {
  id = "out.bottom_gain", version = "1.0.0",
  title = "Gain of the lowest quarter of schools", question = "Do the schools that were behind catch up?",
  domain = "outcome", type = "outcome", direction = "higher", unit = "proportion",
  source = "Own definition (reliability at scale: gains where results were lowest)",
  from = "outcomes", columns = { "week_start", "school", "on_track", "enrolled" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  value = function(g, p)
    local before = g:previous()
    if before == nil then return insufficient("no school year before") end
    local now, last = newest(g), newest(before)
    if now == nil or last == nil then return insufficient("nothing was counted") end
    local names = lowest_quarter(last)
    return {
      bottom = rate(now:where(now.school:isin(names))) - rate(last:where(last.school:isin(names))),
      all = rate(now) - rate(last),
    }
  end,
  tests = {
    { name = "the lowest of four schools gained a tenth",
      rows = {
        { week_start = "2026-06-01", school = "S1", on_track = 6, enrolled = 10 },
        { week_start = "2026-06-01", school = "S2", on_track = 7, enrolled = 10 },
        { week_start = "2026-06-01", school = "S3", on_track = 8, enrolled = 10 },
        { week_start = "2026-06-01", school = "S4", on_track = 9, enrolled = 10 },
      },
      previous = {
        { week_start = "2025-06-01", school = "S1", on_track = 5, enrolled = 10 },
        { week_start = "2025-06-01", school = "S2", on_track = 7, enrolled = 10 },
        { week_start = "2025-06-01", school = "S3", on_track = 8, enrolled = 10 },
        { week_start = "2025-06-01", school = "S4", on_track = 9, enrolled = 10 },
      },
      expect = { parts = { bottom = 0.1, all = 0.025 } } },
    { name = "only the newest week of each year counts, and weeks without a count do not",
      rows = {
        { week_start = "2026-05-25", school = "S1", on_track = 1, enrolled = 10 },
        { week_start = "2026-06-01", school = "S1", on_track = 6, enrolled = 10 },
        { week_start = "2026-06-08", school = "S1", enrolled = 10 },
      },
      previous = { { week_start = "2025-06-01", school = "S1", on_track = 5, enrolled = 10 } },
      expect = { parts = { bottom = 0.1, all = 0.1 } } },
    { name = "the first year has nothing to compare with",
      rows = { { week_start = "2026-06-01", school = "S1", on_track = 6, enrolled = 10 } },
      expect = { status = "insufficient" } },
    { name = "nothing was counted", rows = { { week_start = "2026-06-01", school = "S1", on_track = missing("not_loaded") } },
      previous = { { week_start = "2025-06-01", school = "S1", on_track = 5, enrolled = 10 } },
      expect = { status = "insufficient" } },
  },
}
