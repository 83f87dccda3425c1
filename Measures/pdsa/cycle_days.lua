-- How long a cycle takes: the median of days from start to end, of the cycles that have ended.
-- Cycles of one to two weeks are meant to be usual (NYC Strong Schools); Left out: cycles that still run
-- and ends that are missing for any other reason; ends before the start.
return measure {
  id = "pdsa.cycle_days", version = "1.0.0",
  title = "Days per cycle", question = "How long does a cycle take from start to end?",
  domain = "pdsa", type = "pdsa", direction = "lower", unit = "days",
  source = "After the cycle guides of NYC Strong Schools (cycles of one to two weeks)",
  from = "pdsa", columns = { "started", "ended" },
  by = { {}, { "network" }, { "district" }, { "team" }, { "change_idea" } }, every = "school_year",
  value = function(g, p)
    -- An end before the start is a slip of the pen.
    local possible = g:where((g.ended - g.started):at_least(0))
    return (possible.ended - possible.started):median()
  end,
  tests = {
    { name = "the median of three",
      rows = {
        { started = "2025-10-01", ended = "2025-10-08" }, { started = "2025-10-01", ended = "2025-10-15" },
        { started = "2025-10-01", ended = "2025-12-01" },
      },
      expect = { value = 14, n = 3 } },
    { name = "a cycle of one day counts as 0 days", rows = { { started = "2025-10-01", ended = "2025-10-01" } },
      expect = { value = 0, n = 1 } },
    { name = "a cycle that still runs is left out",
      rows = { { started = "2025-10-01" }, { started = "2025-10-01", ended = "2025-10-11" } },
      expect = { value = 10, n = 1 } },
    { name = "an end before the start is left out",
      rows = { { started = "2025-10-10", ended = "2025-10-01" } }, expect = { status = "insufficient" } },
  },
}
