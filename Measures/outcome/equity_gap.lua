-- How far groups of students are behind or ahead: the on-track rate of each group less that of the general group, by
-- Chicago's rule (see out.on_track), and by how much the gap has changed since the school year before. Below 0 the group is
-- behind. Students of whom credits or Fs are not known are in no rate.
local function on_track(students, group)
  local stayed = students:where(~students.left & students.student_group:is(group))
  return (stayed.credits:at_least(5) & stayed.core_failures:at_most(1)):share()
end

local function gap(students, group)
  return difference(on_track(students, group), on_track(students, "general"))
end

return measure {
  id = "out.equity_gap", version = "2.0.0",
  title = "On track: gap to the general group",
  question = "Are multilingual students, and students with an IEP, as often on track as others?",
  domain = "outcome", type = "outcome", direction = "higher", unit = "proportion",
  source = "Own definition; rates by the UChicago Consortium's rule, interval by Newcombe's method",
  from = "students", columns = { "left", "student_group", "credits", "core_failures" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  value = function(g, p)
    local parts = { multilingual = gap(g, "multilingual"), iep = gap(g, "iep") }
    local before = g:previous()
    if before then
      parts.multilingual_change = parts.multilingual - gap(before, "multilingual")
      parts.iep_change = parts.iep - gap(before, "iep")
    end
    return parts
  end,
  tests = {
    { name = "behind is below 0, level is 0; five credits and one F are on track",
      rows = {
        { left = false, student_group = "general", credits = 5, core_failures = 1 },
        { left = false, student_group = "multilingual", credits = 5, core_failures = 2 },
        { left = false, student_group = "multilingual", credits = 6, core_failures = 0 },
        { left = false, student_group = "iep", credits = 6, core_failures = 0 },
      },
      expect = { parts = { multilingual = { value = -0.5, n = 1 }, iep = { value = 0, n = 1 } } } },
    { name = "the change is this year's gap less last year's",
      rows = {
        { left = false, student_group = "general", credits = 6, core_failures = 0 },
        { left = false, student_group = "iep", credits = 6, core_failures = 0 },
      },
      previous = {
        { left = false, student_group = "general", credits = 6, core_failures = 0 },
        { left = false, student_group = "iep", credits = 6, core_failures = 0 },
        { left = false, student_group = "iep", credits = 3, core_failures = 0 },
      },
      expect = { parts = { iep_change = 0.5 } } },
    { name = "a group that is not there has no gap; the other keeps its own",
      rows = {
        { left = false, student_group = "general", credits = 6, core_failures = 0 },
        { left = false, student_group = "iep", credits = 3, core_failures = 0 },
      },
      expect = { parts = { multilingual = { status = "insufficient" }, iep = -1 } } },
    { name = "who left, whose marks are not known, and who is in no known group are in no rate",
      rows = {
        { left = false, student_group = "general", credits = 6, core_failures = 0 },
        { left = true, student_group = "iep", credits = 6, core_failures = 0 },
        { left = false, student_group = "iep" },
        { left = false, student_group = missing("not_loaded"), credits = 1, core_failures = 4 },
        { left = false, student_group = "iep", credits = 3, core_failures = 0 },
      },
      expect = { parts = { iep = { value = -1, n = 1 } } } },
  },
}
