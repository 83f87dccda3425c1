-- The pace of testing: cycles begun in the quarter that have ended, for each team on the roster and month.
-- Left out: cycles that still run, loads without ends (not loaded), entries without a team.
local practice = require "hub.practice"

return measure {
  id = "pdsa.cycle_rate", version = "1.0.0",
  title = "Cycles per team and month", question = "How many cycles does a team complete in a month?",
  domain = "pdsa", type = "pdsa", direction = "higher", unit = "cycles per team and month",
  source = "After the cycle guides of NYC Strong Schools (one to two weeks a cycle)",
  from = "pdsa", with = { "roster" }, columns = { "ended" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  value = function(g, p)
    local told = g:where(~g.ended:missing("not_loaded"))
    if told.n == 0 then return insufficient("no load says which cycles have ended") end
    return ratio(told.ended:count(), g.with.roster.team:distinct()) / practice.months(g)
  end,
  tests = {
    { name = "four completed cycles of two teams in a quarter of a year", within = 1e-4,
      period = { label = "2025-Q4", start = "2025-10-01", stop = "2026-01-01" },
      data = {
        pdsa = {
          { ended = "2025-10-20" }, { ended = "2025-11-20" }, { ended = "2025-12-01" }, { ended = "2026-01-10" },
        },
        roster = { { team = "t1" }, { team = "t1" }, { team = "t2" } },
      },
      expect = { value = 4 / 2 / (92 / (365.25 / 12)) } },
    { name = "a cycle that still runs is not completed",
      period = { label = "2025-Q4", start = "2025-10-01", stop = "2026-01-01" },
      data = { pdsa = { {} }, roster = { { team = "t1" } } }, expect = { value = 0 } },
    { name = "a load without ends does not say",
      period = { label = "2025-Q4", start = "2025-10-01", stop = "2026-01-01" },
      data = { pdsa = { { ended = missing("not_loaded") } }, roster = { { team = "t1" } } },
      expect = { status = "insufficient" } },
    { name = "no team on the roster", period = { label = "2025-Q4", start = "2025-10-01", stop = "2026-01-01" },
      data = { pdsa = { { ended = "2025-10-20" } }, roster = { {} } }, expect = { status = "insufficient" } },
  },
}
