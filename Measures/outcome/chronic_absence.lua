-- Students who missed a tenth of their days or more, of those with enough days to tell.
-- Definitions differ at the edge (is exactly 90 % attendance chronic?), in the days that a student must be enrolled, and in
-- what a change of schools does to the count. So all three are parameters, with the authorities' choices as presets.
-- Days are summed over the year's schools and a student counts once, where the year ended. Students whose days are missing,
-- for whatever reason, are left out.
local function total(students, what, p)
  local here = students["days_" .. what]
  if p.transfers == 1 then return here + students[what .. "_before"] end
  return here
end

return measure {
  id = "out.chronic_absence", version = "2.0.0",
  title = "Chronic absence", question = "Which share of the students misses a tenth of school or more?",
  domain = "outcome", type = "outcome", direction = "lower", unit = "proportion",
  source = "EDFacts (10 days enrolled, a tenth or more absent); rival definitions: a state's 45 days, less than 90 % only",
  from = "students", columns = { "left", "days_enrolled", "days_absent", "enrolled_before", "absent_before" },
  by = {
    {}, { "network" }, { "district" }, { "school" }, { "student_group" }, { "district", "student_group" },
  },
  every = "school_year",
  params = {
    share = { default = 0.1, min = 0, max = 1, about = "the share of days absent from which absence is chronic" },
    min_days = { default = 10, min = 1, max = 200, about = "days enrolled that are enough to tell" },
    at_edge = { default = 1, min = 0, max = 1, about = "1: exactly that share is chronic; 0: only more than it" },
    transfers = { default = 1, min = 0, max = 1, about = "1: days of all schools are summed; 0: each enrolment by itself" },
  },
  presets = {
    edfacts = { min_days = 10, at_edge = 1 },
    state_45_days = { min_days = 45 },
    more_than_a_tenth = { at_edge = 0 },
    each_enrolment = { transfers = 0 },
  },
  value = function(g, p)
    local students = g
    if p.transfers == 1 then students = g:where(~g.left) end
    students = students:where(total(students, "enrolled", p):at_least(p.min_days))
    -- Fractions are stored rounded: the edge gets a billionth of a day.
    local beyond = total(students, "absent", p) - p.share * total(students, "enrolled", p)
    if p.at_edge == 1 then return beyond:at_least(-1e-9):share() end
    return beyond:above(1e-9):share()
  end,
  tests = {
    { name = "exactly a tenth is chronic, half a day less is not",
      rows = {
        { left = false, days_enrolled = 180, days_absent = 18, enrolled_before = 0, absent_before = 0 },
        { left = false, days_enrolled = 180, days_absent = 17.5, enrolled_before = 0, absent_before = 0 },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "for those who ask for more than a tenth it is not", preset = "more_than_a_tenth",
      rows = {
        { left = false, days_enrolled = 30, days_absent = 3, enrolled_before = 0, absent_before = 0 },
        { left = false, days_enrolled = 30, days_absent = 3.5, enrolled_before = 0, absent_before = 0 },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "nine days are too few, ten are enough",
      rows = {
        { left = false, days_enrolled = 9, days_absent = 9, enrolled_before = 0, absent_before = 0 },
        { left = false, days_enrolled = 10, days_absent = 1, enrolled_before = 0, absent_before = 0 },
      },
      expect = { value = 1, n = 1 } },
    { name = "a state that asks for 45 days", preset = "state_45_days",
      rows = {
        { left = false, days_enrolled = 44, days_absent = 20, enrolled_before = 0, absent_before = 0 },
        { left = false, days_enrolled = 40, days_absent = 0, enrolled_before = 5, absent_before = 0 },
      },
      expect = { value = 0, n = 1 } },
    { name = "a change of schools does not set the count back: 8 of 120 days and 10 of 60 are 18 of 180",
      rows = {
        { left = true, days_enrolled = 60, days_absent = 10, enrolled_before = 0, absent_before = 0 },
        { left = false, days_enrolled = 120, days_absent = 8, enrolled_before = 60, absent_before = 10 },
      },
      expect = { value = 1, n = 1 } },
    { name = "where each enrolment stands by itself, the first is chronic and the second is not", preset = "each_enrolment",
      rows = {
        { left = true, days_enrolled = 60, days_absent = 10 }, { left = false, days_enrolled = 120, days_absent = 8 },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "days that are not known, and schools that cannot tell of the days before, are left out",
      rows = {
        { left = false, days_enrolled = 180, enrolled_before = 0, absent_before = 0 },
        { left = false, days_enrolled = 180, days_absent = 0, enrolled_before = missing("not_loaded"),
          absent_before = missing("not_loaded") },
        { left = false, days_enrolled = 180, days_absent = 1, enrolled_before = 0, absent_before = 0 },
      },
      expect = { value = 0, n = 1 } },
    { name = "nothing is known", rows = { { left = false } }, expect = { status = "insufficient" } },
  },
}
