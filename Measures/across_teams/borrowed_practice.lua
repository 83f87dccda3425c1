-- Practices that travel: adoptions that were borrowed from another team, of all adoptions in the school year.
-- Learning across teams is a domain of the Network Health survey; here the adoption log itself shows it.
return measure {
  id = "net.borrowed_practice", version = "1.0.0",
  title = "Borrowed practices", question = "How many of the practices that schools take up come from another team?",
  domain = "across_teams", type = "process", direction = "higher", unit = "proportion",
  source = "Network Health survey, domain connections across teams; share of adoptions instead of teams",
  from = "adoption", columns = { "origin" },
  by = { {}, { "network" }, { "district" }, { "change_idea" } }, every = "school_year",
  value = function(g, p)
    -- A blank origin means a team's own idea; a load without the column does not say.
    local told = g:where(~g.origin:missing("not_loaded"))
    return told.origin:valid():share()
  end,
  tests = {
    { name = "one of three was borrowed", rows = { { origin = "t7" }, {}, {} }, expect = { value = 1 / 3, n = 3 } },
    { name = "a blank is a team's own idea, not a gap", rows = { {} }, expect = { value = 0, n = 1 } },
    { name = "a load without origins is left out", rows = { { origin = "t7" }, { origin = missing("not_loaded") } },
      expect = { value = 1, n = 1 } },
    { name = "nothing is known", rows = { { origin = missing("not_loaded") } }, expect = { status = "insufficient" } },
  },
}
