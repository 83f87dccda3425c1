-- Claims and data: the share of cycles that claim an improvement, less the share that reached the value they aimed
-- at. Knudsen et al. 2019 found 98 % claims and 27 % aims met. Left out: cycles without a claim, a result or an aim
-- (any kind of missing).
return measure {
  id = "pdsa.claim_gap", version = "1.0.0",
  title = "Claimed less measured improvement",
  question = "How many more cycles claim an improvement than their data show?",
  domain = "pdsa", type = "pdsa", direction = "lower", unit = "proportion",
  source = "Knudsen et al. 2019, BMC Health Services Research",
  from = "pdsa", columns = { "improved", "after", "goal" },
  by = { {}, { "network" } }, every = "school_year",
  value = function(g, p)
    local judged = g:where(g.improved:valid() & g.after:valid() & g.goal:valid())
    local claimed = judged.improved:share()
    -- Measures are such that more is better; exactly the aim is the aim.
    local reached = (judged.after - judged.goal):at_least(0):share()
    return { claimed = claimed, reached = reached, gap = difference(claimed, reached) }
  end,
  tests = {
    { name = "all claim, one of two reached the aim exactly",
      rows = { { improved = true, after = 60, goal = 60 }, { improved = true, after = 59, goal = 60 } },
      expect = { parts = { claimed = { value = 1, n = 2 }, reached = 0.5, gap = 0.5 } } },
    { name = "more may reach their aim than say so",
      rows = { { improved = false, after = 70, goal = 60 }, { improved = true, after = 70, goal = 60 } },
      expect = { parts = { gap = -0.5 } } },
    { name = "a cycle without a claim, a result or an aim cannot be judged",
      rows = { { improved = true, after = 60 }, { improved = true, goal = 60 }, { after = 60, goal = 60 },
        { improved = false, after = 50, goal = 60 } },
      expect = { parts = { claimed = { value = 0, n = 1 }, reached = 0, gap = 0 } } },
    { name = "nothing to judge",
      rows = { { improved = true } }, expect = { parts = { gap = { status = "insufficient" } } } },
  },
}
