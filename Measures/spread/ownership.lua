-- Who carries the change: adoptions led by the school's own people, of those begun in the school year of which it is known.
-- Adoptions of which it is not known, for whatever reason, are left out.
return measure {
  id = "spr.ownership", version = "1.0.0",
  title = "Local ownership", question = "How many adoptions do schools lead themselves?",
  domain = "spread", type = "process", direction = "higher", unit = "proportion",
  source = "Cannata et al. 2017 (depth, spread, ownership, sustainability)",
  from = "adoption", columns = { "local_lead" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  value = function(g, p)
    return g.local_lead:share()
  end,
  tests = {
    { name = "two of three", rows = { { local_lead = true }, { local_lead = false }, { local_lead = true } },
      expect = { value = 2 / 3, n = 3 } },
    { name = "where nobody said who leads, nobody counts",
      rows = { { local_lead = true }, {}, { local_lead = missing("not_loaded") } }, expect = { value = 1, n = 1 } },
    { name = "nothing is known", rows = { {} }, expect = { status = "insufficient" } },
  },
}
