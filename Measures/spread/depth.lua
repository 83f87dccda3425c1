-- How deep a change goes: the mean fidelity score of adoptions that began in the school year, from 0 (in name only) to 4 (as
-- intended). Adoptions without a score, for whatever reason, and scores off the rubric are left out.
return measure {
  id = "spr.depth", version = "1.0.0",
  title = "Depth of use", question = "How faithfully are change ideas used where they are used?",
  domain = "spread", type = "process", direction = "higher", unit = "points",
  source = "Cannata et al. 2017 (depth, spread, ownership, sustainability); a fidelity rubric of 0 to 4",
  from = "adoption", columns = { "fidelity" },
  by = { {}, { "network" }, { "district" }, { "change_idea" } }, every = "school_year",
  value = function(g, p)
    return g:where(g.fidelity:between(0, 4)).fidelity:mean()
  end,
  tests = {
    { name = "a mean of two", rows = { { fidelity = 4 }, { fidelity = 2.5 } }, expect = { value = 3.25, n = 2 } },
    { name = "0 is a score, and both ends count; beyond them nothing does",
      rows = { { fidelity = 0 }, { fidelity = 4 }, { fidelity = 4.5 }, { fidelity = -9 } }, expect = { value = 2, n = 2 } },
    { name = "adoptions without a score are left out", rows = { { fidelity = 3 }, {}, { fidelity = missing("not_loaded") } },
      expect = { value = 3, n = 1 } },
    { name = "no score at all", rows = { {} }, expect = { status = "insufficient" } },
  },
}
