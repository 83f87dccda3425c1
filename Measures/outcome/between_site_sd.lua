-- How far schools lie apart beyond chance: the standard deviation between schools of the share of students on track (by
-- Chicago's rule, see out.on_track), and the intraclass correlation, the share of the variance that lies between schools.
-- What few students in a school add by chance is taken out of both, so small networks often come to 0.
-- Students who left during the year, or of whom credits or Fs are not known for whatever reason, are left out.
return measure {
  id = "out.between_site_sd", version = "1.0.0",
  title = "Spread between schools", question = "Does it matter which school a student is in?",
  domain = "outcome", type = "outcome", direction = "lower", unit = "proportion",
  source = "Random-intercept model (REML), Harville 1977; variation between sites as in the NSI evaluations",
  from = "students", columns = { "school", "left", "credits", "core_failures" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  value = function(g, p)
    local stayed = g:where(~g.left)
    local on_track = stayed.credits:at_least(5) & stayed.core_failures:at_most(1)
    return {
      sd = on_track:between_sd("school"),
      icc = on_track:icc("school", { method = "reml" }),
    }
  end,
  tests = {
    { name = "schools that are wholly different",
      rows = {
        { school = "S1", left = false, credits = 6, core_failures = 0 }, { school = "S1", left = false, credits = 6, core_failures = 0 },
        { school = "S1", left = false, credits = 6, core_failures = 0 }, { school = "S1", left = false, credits = 3, core_failures = 3 },
        { school = "S2", left = false, credits = 3, core_failures = 3 }, { school = "S2", left = false, credits = 3, core_failures = 3 },
        { school = "S2", left = false, credits = 3, core_failures = 3 }, { school = "S2", left = false, credits = 6, core_failures = 0 },
      },
      expect = { parts = { sd = { value = 0.25, n = 8 }, icc = { value = 0.2, n = 8 } } } },
    { name = "schools that are alike differ by nothing, and who left does not count",
      rows = {
        { school = "S1", left = false, credits = 6, core_failures = 0 }, { school = "S1", left = false, credits = 3, core_failures = 3 },
        { school = "S2", left = false, credits = 6, core_failures = 0 }, { school = "S2", left = false, credits = 3, core_failures = 3 },
        { school = "S2", left = true, credits = 3, core_failures = 3 },
      },
      expect = { parts = { sd = { value = 0, n = 4 } } } },
    { name = "one school cannot differ",
      rows = { { school = "S1", left = false, credits = 6, core_failures = 0 }, { school = "S1", left = false, credits = 3 } },
      expect = { parts = { sd = { status = "insufficient" } } } },
    { name = "nothing is known", rows = { { school = "S1", left = false }, { school = "S2", left = false } },
      expect = { parts = { sd = { status = "insufficient" } } } },
  },
}
