-- How large the difference between treated schools and the others is, in standard deviations of the test score (Hedges' g),
-- and which of the numeric gates of ESSA's tiers 1 and 2 are met: 1 for yes, 0 for no. Gates are no tier: design, attrition
-- and equivalence at baseline (imp.baseline_balance) decide that. The interval takes students as independent of their school.
-- Students without a score, for whatever reason, and schools without an arm are left out.
return measure {
  id = "imp.hedges_g", version = "1.0.0",
  title = "Effect size on test scores", question = "How large is the difference in test scores, and is there enough data?",
  domain = "impact", type = "outcome", direction = "higher", unit = "standard deviations",
  source = "Hedges and Olkin 1985; What Works Clearinghouse 4.1; ESSA tiers on WWC pages (significant, 350 students, 2 sites)",
  from = "students", with = { "sites" }, columns = { "school", "left", "score" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  params = {
    students = { default = 350, min = 1, max = 1e6, about = "students that the gate asks for" },
    sites = { default = 2, min = 1, max = 1000, about = "sites that the gate asks for" },
  },
  value = function(g, p)
    local students = g:join("sites", { school = "school" }, { "arm" })
    students = students:where(~students.left & students.score:valid() & students.arm:isin{ "treated", "comparison" })
    local effect = students.score:effect_size(students.arm:is("treated"))
    if effect.value == nil then return effect end
    local sites = students.school:distinct().value
    return {
      g = effect,
      gate_significant = effect.low and effect.low > 0 and 1 or 0,
      gate_students = effect.n >= p.students and 1 or 0,
      gate_sites = sites >= p.sites and 1 or 0,
    }
  end,
  tests = {
    { name = "means of 3 and 2, deviations of 1: d is 1, times 1 - 3 / (4 * 6 - 9); the gates are asked one by one",
      params = { students = 6, sites = 3 },
      data = {
        students = {
          { school = "T", left = false, score = 2 }, { school = "T", left = false, score = 3 },
          { school = "T", left = false, score = 4 }, { school = "C", left = false, score = 1 },
          { school = "C", left = false, score = 2 }, { school = "C", left = false, score = 3 },
          { school = "C", left = true, score = 9 }, { school = "T", left = false, score = missing("not_applicable") },
          { school = "X", left = false, score = 9 },
        },
        sites = { { school = "T", arm = "treated" }, { school = "C", arm = "comparison" }, { school = "X" } },
      },
      expect = { parts = { g = { value = 0.8, n = 6 }, gate_significant = 0, gate_students = 1, gate_sites = 0 } } },
    { name = "nobody to compare with",
      data = {
        students = { { school = "T", left = false, score = 2 }, { school = "T", left = false, score = 3 } },
        sites = { { school = "T", arm = "treated" } },
      },
      expect = { status = "insufficient" } },
    { name = "no scores",
      data = { students = { { school = "T", left = false } }, sites = { { school = "T", arm = "treated" } } },
      expect = { status = "insufficient" } },
  },
}
