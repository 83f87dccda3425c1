-- Were the schools alike before? The difference between treated schools and the others at baseline, in standard deviations:
-- of the test before the year, and (as Cox indices) of the shares of students with an IEP and of multilingual students. The
-- largest decides the band of the What Works Clearinghouse: 1 satisfied (up to 0.05), 2 satisfied with an adjustment (up to
-- 0.25), 3 not satisfied.
-- Students whose value is missing, for whatever reason, are left out of that comparison; schools without an arm of all.
return measure {
  id = "imp.baseline_balance", version = "1.0.0",
  title = "Balance at baseline", question = "Are treated schools and the others alike before the program?",
  domain = "impact", type = "quality", direction = "lower", unit = "standard deviations",
  source = "What Works Clearinghouse 4.1 (baseline equivalence: 0.05 and 0.25)",
  from = "students", with = { "sites" }, columns = { "school", "left", "student_group", "score_before" },
  by = { {}, { "network" } }, every = "school_year",
  params = {
    satisfied = { default = 0.05, min = 0, max = 1, about = "up to here groups are alike" },
    adjusted = { default = 0.25, min = 0, max = 2, about = "up to here an adjustment can make up for it" },
  },
  value = function(g, p)
    local students = g:join("sites", { school = "school" }, { "arm" })
    students = students:where(~students.left & students.arm:isin{ "treated", "comparison" })
    local treated = students.arm:is("treated")
    local parts = {
      score_before = students.score_before:effect_size(treated),
      iep = students.student_group:is("iep"):effect_size(treated),
      multilingual = students.student_group:is("multilingual"):effect_size(treated),
    }
    local largest
    for _, effect in pairs(parts) do
      if effect.value then largest = math.max(largest or 0, math.abs(effect.value)) end
    end
    if largest then
      parts.largest = largest
      parts.band = largest <= p.satisfied and 1 or largest <= p.adjusted and 2 or 3
    end
    return parts
  end,
  tests = {
    { name = "a difference of 0.8 is beyond repair; who left or has no test does not count",
      data = {
        students = {
          { school = "T", left = false, score_before = 2, student_group = "general" },
          { school = "T", left = false, score_before = 3, student_group = "general" },
          { school = "T", left = false, score_before = 4, student_group = "general" },
          { school = "C", left = false, score_before = 1, student_group = "general" },
          { school = "C", left = false, score_before = 2, student_group = "general" },
          { school = "C", left = false, score_before = 3, student_group = "general" },
          { school = "C", left = true, score_before = 9, student_group = "general" },
          { school = "C", left = false, student_group = "general" },
        },
        sites = { { school = "T", arm = "treated" }, { school = "C", arm = "comparison" } },
      },
      expect = { parts = { score_before = { value = 0.8, n = 6 }, largest = 0.8, band = 3 } } },
    { name = "exactly at the band's end is within it", params = { satisfied = 0.8 },
      data = {
        students = {
          { school = "T", left = false, score_before = 2 }, { school = "T", left = false, score_before = 3 },
          { school = "T", left = false, score_before = 4 }, { school = "C", left = false, score_before = 1 },
          { school = "C", left = false, score_before = 2 }, { school = "C", left = false, score_before = 3 },
        },
        sites = { { school = "T", arm = "treated" }, { school = "C", arm = "comparison" } },
      },
      expect = { parts = { band = 1 } } },
    { name = "nothing is known", data = { students = { { school = "T", left = false } }, sites = { { school = "T", arm = "treated" } } },
      expect = { parts = { score_before = { status = "insufficient" } } } },
  },
}
