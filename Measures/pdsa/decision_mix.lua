-- What teams decide at the end of a cycle: the shares that adopt, adapt, abandon or decide nothing. The decisions of
-- the Model for Improvement's form; a network that never abandons may not be testing at all. A blank decision of a
-- cycle that has ended is none. Left out: cycles that still run, loads without decisions (not loaded).
return measure {
  id = "pdsa.decision_mix", version = "1.0.0",
  title = "Decisions after cycles", question = "What do teams decide when a cycle has ended?",
  domain = "pdsa", type = "pdsa", unit = "proportion",
  source = "Model for Improvement, the cycle's form (adopt, adapt, abandon)",
  from = "pdsa", columns = { "ended", "decision" },
  by = { {}, { "network" }, { "district" }, { "change_idea" } }, every = "school_year",
  value = function(g, p)
    -- Cycles that still run have nothing to decide; a load without decisions does not say.
    local ended = g:where(g.ended:valid() & ~g.decision:missing("not_loaded"))
    local decided = ended.decision:valid()
    -- "Decided, and so" is no where nothing was decided, so that all ended cycles are behind each share.
    return {
      adopt = (decided & ended.decision:is("adopt")):share(),
      adapt = (decided & ended.decision:is("adapt")):share(),
      abandon = (decided & ended.decision:is("abandon")):share(),
      undecided = (~decided):share(),
    }
  end,
  tests = {
    { name = "four cycles, four endings",
      rows = {
        { ended = "2025-10-01", decision = "adopt" }, { ended = "2025-10-01", decision = "adapt" },
        { ended = "2025-10-01", decision = "abandon" }, { ended = "2025-10-01" },
      },
      expect = { parts = { adopt = { value = 0.25, n = 4 }, adapt = 0.25, abandon = 0.25, undecided = 0.25 } } },
    { name = "a cycle that still runs is not undecided",
      rows = { { ended = "2025-10-01", decision = "adopt" }, {} },
      expect = { parts = { adopt = { value = 1, n = 1 }, undecided = 0 } } },
    { name = "a load without decisions does not say",
      rows = {
        { ended = "2025-10-01", decision = missing("not_loaded") }, { ended = "2025-10-01", decision = "adapt" },
      },
      expect = { parts = { adapt = { value = 1, n = 1 }, undecided = 0 } } },
    { name = "no cycle has ended", rows = { { decision = "adapt" } },
      expect = { parts = { adapt = { status = "insufficient" }, undecided = { status = "insufficient" } } } },
  },
}
