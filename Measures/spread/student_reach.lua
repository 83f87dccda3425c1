-- Spread as students feel it: the share of the target schools' students whose school uses a change idea today.
-- The rate of spread (IHI) with every school counting for as many as it enrols.
return measure {
  id = "spr.student_reach", version = "1.0.0",
  title = "Students in schools that use a change idea", question = "How many students can the change reach?",
  domain = "spread", type = "process", direction = "higher", unit = "proportion",
  source = "IHI, rate of spread; weighted by enrolment",
  from = "sites", with = { "adoption" }, columns = { "school", "is_target", "enrollment" },
  by = { {}, { "network" }, { "district" } }, every = "all",
  value = function(g, p)
    local adoption = g.with.adoption
    -- A blank end means still in use; a load without ends does not say, so it does not count.
    local in_use = adoption.ended:missing("skipped") | adoption.ended:above(days(g.as_of))
    local users = adoption:where(in_use).school
    local target = g:where(g.is_target)
    return target.school:isin(users):weighted{ by = target.enrollment }:share()
  end,
  tests = {
    { name = "a large school counts for more", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = true, enrollment = 900 },
          { school = "S2", is_target = true, enrollment = 100 } },
        adoption = { { school = "S1" }, { school = "S2", ended = "2026-01-31" } },
      },
      expect = { value = 0.9, n = 2 } },
    { name = "a school whose enrolment is unknown is left out", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = true, enrollment = 300 }, { school = "S2", is_target = true } },
        adoption = { { school = "S1", ended = "2026-07-31" }, { school = "S2", ended = "2026-07-31" } },
      },
      expect = { value = 1, n = 1 } },
    { name = "a use that ends today has ended", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = true, enrollment = 300 } },
        adoption = { { school = "S1", ended = "2026-06-30" } },
      },
      expect = { value = 0, n = 1 } },
    { name = "an enrolment below 0 is no weight: there is no value",
      data = {
        sites = { { school = "S1", is_target = true, enrollment = -1 } },
        adoption = { { school = "S1", ended = "2026-06-30" } },
      },
      expect = { status = "insufficient" } },
  },
}
