-- Teams in which all three parts are filled: a teacher, a coach and a leader on the roster on the day of the run.
-- Left out: entries that have ended or not begun, that have no team, or whose load has no ends (they do not say).
local practice = require "hub.practice"
local parts = { "teacher", "coach", "leader" }

return measure {
  id = "eng.team_complete", version = "1.0.0",
  title = "Complete teams", question = "How many teams have a teacher, a coach and a leader?",
  domain = "roles", type = "process", direction = "higher", unit = "proportion",
  source = "Network Health survey, domain structuring roles and engagement (required roles); the roles are our own",
  from = "roster", columns = { "team", "role", "start", "end" },
  by = { {}, { "network" }, { "district" } }, every = "all",
  value = function(g, p)
    local today = days(g.as_of)
    local now = g:where(g.start:at_most(today) & practice.holds_on(g["end"], today))
    local complete
    for _, part in ipairs(parts) do
      local is_there = now.role:is(part):per("team", { give = "max" }):at_least(1)
      complete = complete and complete & is_there or is_there
    end
    return complete:share()
  end,
  tests = {
    { name = "one team of two has all three", as_of = "2026-01-15",
      rows = {
        { team = "t1", role = "teacher", start = "2025-08-01" }, { team = "t1", role = "coach", start = "2025-08-01" },
        { team = "t1", role = "leader", start = "2025-08-01" }, { team = "t2", role = "teacher", start = "2025-08-01" },
        { team = "t2", role = "teacher", start = "2025-08-01" }, { team = "t2", role = "leader", start = "2025-08-01" },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "who leaves today is still there, who left yesterday is not", as_of = "2026-01-15",
      rows = {
        { team = "t1", role = "teacher", start = "2025-08-01" }, { team = "t1", role = "coach", start = "2025-08-01" },
        { team = "t1", role = "leader", start = "2025-08-01", ["end"] = "2026-01-15" },
        { team = "t2", role = "teacher", start = "2025-08-01" }, { team = "t2", role = "coach", start = "2025-08-01" },
        { team = "t2", role = "leader", start = "2025-08-01", ["end"] = "2026-01-14" },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "an entry without a team is in none", as_of = "2026-01-15",
      rows = { { role = "coach", start = "2025-08-01" } }, expect = { status = "insufficient" } },
    { name = "a load without ends does not say who is there", as_of = "2026-01-15",
      rows = { { team = "t1", role = "coach", start = "2025-08-01", ["end"] = missing("not_loaded") } },
      expect = { status = "insufficient" } },
  },
}
