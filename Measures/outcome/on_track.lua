-- Ninth-grade students on track, of those who ended the year in the school and of whom enough is known to tell.
-- Authorities differ, so the rule is a preset. One failed condition is enough to be off track; a student is left out only
-- where what is known cannot tell (blank, not applicable, not asked and not loaded alike).
local rules = {
  -- UChicago Consortium: enough credits for the next grade, and at most one semester F in a core course.
  [1] = function(students, p)
    return students.credits:at_least(p.credits) & students.core_failures:at_most(p.failures)
  end,
  -- E-W Framework: grade point average, no D or F in English and mathematics, attendance, no suspension.
  [2] = function(students, p)
    local enrolled = students.days_enrolled + students.enrolled_before
    local absent = students.days_absent + students.absent_before
    -- Fractions are stored rounded: the edge gets a billionth of a day.
    local attends = (absent - (1 - p.attendance) * enrolled):at_most(1e-9)
    return students.gpa:at_least(p.gpa) & students.low_marks:at_most(0) & attends & students.suspensions:at_most(0)
  end,
}

return measure {
  id = "out.on_track", version = "2.0.0",
  title = "Students on track", question = "Which share of the ninth-grade students is on track to graduate?",
  domain = "outcome", type = "outcome", direction = "higher", unit = "proportion",
  source = "UChicago Consortium, ontrack.uchicago.edu; E-W Framework, educationtoworkforce.org (9th grade on track)",
  from = "students",
  columns = {
    "left", "credits", "core_failures", "gpa", "low_marks", "suspensions", "days_enrolled", "days_absent",
    "enrolled_before", "absent_before",
  },
  by = {
    {}, { "network" }, { "district" }, { "school" }, { "student_group" }, { "district", "student_group" },
  },
  every = "school_year",
  params = {
    rule = { default = 1, min = 1, max = 2, about = "1: credits and Fs (Chicago); 2: marks, attendance, suspensions (E-W)" },
    credits = { default = 5, min = 0, max = 20, about = "Chicago: full-year credits that are enough" },
    failures = { default = 1, min = 0, max = 20, about = "Chicago: semester Fs in core courses that are still on track" },
    gpa = { default = 3, min = 0, max = 5, about = "E-W: the least grade point average" },
    attendance = { default = 0.96, min = 0, max = 1, about = "E-W: the least share of days attended" },
  },
  presets = { chicago = { rule = 1 }, e_w_framework = { rule = 2 } },
  value = function(g, p)
    local stayed = g:where(~g.left)
    return rules[p.rule](stayed, p):share()
  end,
  tests = {
    { name = "exactly five credits and one F are on track, a second F or half a credit less is not",
      rows = {
        { left = false, credits = 5, core_failures = 1 }, { left = false, credits = 5, core_failures = 2 },
        { left = false, credits = 4.5, core_failures = 0 },
      },
      expect = { value = 1 / 3, n = 3 } },
    { name = "who left during the year is counted where the year ended",
      rows = { { left = true, credits = 1, core_failures = 4 }, { left = false, credits = 6, core_failures = 0 } },
      expect = { value = 1, n = 1 } },
    { name = "too few credits are off track whatever the Fs; enough credits without a word on Fs do not tell",
      rows = { { left = false, credits = 4 }, { left = false, credits = 6 } },
      expect = { value = 0, n = 1 } },
    { name = "E-W: exactly 96 % of the days, in both schools together", preset = "e_w_framework",
      rows = {
        { left = false, gpa = 3, low_marks = 0, suspensions = 0, days_enrolled = 100, days_absent = 4,
          enrolled_before = 80, absent_before = 3.2 },
        { left = false, gpa = 3, low_marks = 0, suspensions = 0, days_enrolled = 180, days_absent = 7.5,
          enrolled_before = 0, absent_before = 0 },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "E-W: a D, a suspension, or an average below 3 is off track", preset = "e_w_framework",
      rows = {
        { left = false, gpa = 3.6, low_marks = 1, suspensions = 0, days_enrolled = 180, days_absent = 0,
          enrolled_before = 0, absent_before = 0 },
        { left = false, gpa = 3.6, low_marks = 0, suspensions = 1, days_enrolled = 180, days_absent = 0,
          enrolled_before = 0, absent_before = 0 },
        { left = false, gpa = 2.9, low_marks = 0, suspensions = 0, days_enrolled = 180, days_absent = 0,
          enrolled_before = 0, absent_before = 0 },
      },
      expect = { value = 0, n = 3 } },
    { name = "E-W: a file without suspensions cannot say who is on track", preset = "e_w_framework",
      rows = {
        { left = false, gpa = 3.6, low_marks = 0, suspensions = missing("not_loaded"), days_enrolled = 180,
          days_absent = 0, enrolled_before = 0, absent_before = 0 },
      },
      expect = { status = "insufficient" } },
    { name = "nothing is known", rows = { { left = false } }, expect = { status = "insufficient" } },
  },
}
