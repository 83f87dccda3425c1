-- Teams at work: teams with at least one cycle begun in the quarter, of the teams on the roster.
-- Left out: cycles and entries without a team (any kind of missing), cycles of teams that the roster does not list.
local practice = require "hub.practice"

return measure {
  id = "pdsa.active_teams", version = "1.0.0",
  title = "Active teams", question = "How many teams have begun at least one cycle?",
  domain = "pdsa", type = "pdsa", direction = "higher", unit = "proportion",
  source = "After AIR's study of networks for school improvement (artifacts of each team)",
  from = "pdsa", with = { "roster" }, columns = { "team" },
  by = { {}, { "network" }, { "district" }, { "school" } }, every = "quarter",
  value = function(g, p)
    return practice.share_of_teams(g, g.with.roster)
  end,
  tests = {
    { name = "one team of two, however many cycles it has",
      data = { pdsa = { { team = "t1" }, { team = "t1" } }, roster = { { team = "t1" }, { team = "t2" } } },
      expect = { value = 0.5, n = 2 } },
    { name = "a team that is not on the roster does not count",
      data = { pdsa = { { team = "t1" }, { team = "t9" } }, roster = { { team = "t1" } } },
      expect = { value = 1, n = 1 } },
    { name = "a cycle without a team counts for none",
      data = { pdsa = { { team = "t1" }, {} }, roster = { { team = "t1" }, { team = "t2" } } },
      expect = { value = 0.5, n = 2 } },
    { name = "no roster, no share",
      data = { pdsa = { { team = "t1" } }, roster = { { team = missing("not_loaded") } } },
      expect = { status = "insufficient" } },
  },
}
