-- Cycles that build on an earlier one. Taylor et al. 2014 found such chains in fewer than a fifth of reports. In the
-- form for rows that stream or lie on several machines; it needs `row_access`. Left out: loads without the column
-- (not loaded).
return measure {
  id = "pdsa.chained", version = "1.0.0",
  title = "Chained cycles", question = "How many cycles go on from what an earlier cycle taught?",
  domain = "pdsa", type = "pdsa", direction = "higher", unit = "proportion",
  source = "Taylor et al. 2014, BMJ Quality & Safety (iterative cycles)",
  from = "pdsa", columns = { "previous" },
  by = { {}, { "network" }, { "district" }, { "team" }, { "change_idea" } }, every = "school_year",
  init = function(p)
    return { cycles = 0, chained = 0 }
  end,
  step = function(state, r, p)
    -- A blank means the first cycle of a chain; a load without the column does not say.
    if r:why("previous") == "not_loaded" then return end
    state.cycles = state.cycles + 1
    if r.previous ~= nil then state.chained = state.chained + 1 end
  end,
  merge = function(a, b)
    return { cycles = a.cycles + b.cycles, chained = a.chained + b.chained }
  end,
  finish = function(state, p)
    if state.cycles == 0 then return insufficient("no cycle says whether it had one before it") end
    return state.chained / state.cycles
  end,
  tests = {
    { name = "one of four goes on from another",
      rows = { { previous = "c1" }, {}, {}, {} }, expect = { value = 0.25 } },
    { name = "a blank is a first cycle, not a gap", rows = { {}, {} }, expect = { value = 0 } },
    { name = "a load without the column does not count",
      rows = { { previous = "c1" }, { previous = missing("not_loaded") }, {} }, expect = { value = 0.5 } },
    { name = "nothing is known",
      rows = { { previous = missing("not_loaded") } }, expect = { status = "insufficient" } },
  },
}
