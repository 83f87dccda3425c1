-- The rate of spread: target schools that use at least one change idea today, of all target schools.
-- IHI counts the share of target sites that use the change; a use that has ended no longer counts.
return measure {
  id = "spr.adoption_rate", version = "1.0.0",
  title = "Schools that use a change idea", question = "How many of the schools we mean to reach use a change idea?",
  domain = "spread", type = "process", direction = "higher", unit = "proportion",
  source = "IHI, rate of spread",
  from = "sites", with = { "adoption" }, columns = { "school", "is_target" },
  by = { {}, { "network" }, { "district" } }, every = "all",
  value = function(g, p)
    local adoption = g.with.adoption
    -- A blank end means still in use; a load without ends does not say, so it does not count.
    local in_use = adoption.ended:missing("skipped") | adoption.ended:above(days(g.as_of))
    local users = adoption:where(in_use).school
    local target = g:where(g.is_target)
    return target.school:isin(users):share()
  end,
  tests = {
    { name = "one of two target schools; others do not count", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = true }, { school = "S2", is_target = true },
          { school = "S3", is_target = false } },
        adoption = { { school = "S1" }, { school = "S1" }, { school = "S3" }, { school = "S2", ended = "2026-01-31" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "a use that ends today has ended, one that ends tomorrow has not", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = true }, { school = "S2", is_target = true } },
        adoption = { { school = "S1", ended = "2026-06-30" }, { school = "S2", ended = "2026-07-01" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "an idea dropped does not undo another that is kept", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = true } },
        adoption = { { school = "S1", ended = "2026-01-31" }, { school = "S1" } },
      },
      expect = { value = 1, n = 1 } },
    { name = "nobody uses anything any more", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = true } }, adoption = { { school = "S1", ended = "2026-01-31" } },
      },
      expect = { value = 0, n = 1 } },
    { name = "a load without ends does not say that a use goes on",
      data = {
        sites = { { school = "S1", is_target = true } },
        adoption = { { school = "S1", ended = missing("not_loaded") } },
      },
      expect = { value = 0, n = 1 } },
    { name = "no target schools", as_of = "2026-06-30",
      data = {
        sites = { { school = "S1", is_target = false } }, adoption = { { school = "S1", ended = "2026-07-31" } },
      },
      expect = { status = "insufficient" } },
  },
}
