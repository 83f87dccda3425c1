-- Teams at work: teams with at least one cycle begun in the quarter, of the teams on the roster.
-- AIR's study of networks also looks for the traces of the process team by team. Teams are told apart by their ids.
return measure {
  id = "pdsa.active_teams", version = "1.0.0",
  title = "Active teams", question = "How many teams have begun at least one cycle?",
  domain = "pdsa", type = "pdsa", direction = "higher", unit = "proportion",
  source = "After AIR's study of networks for school improvement (artifacts of each team)",
  from = "pdsa", with = { "roster" }, columns = { "network", "district", "team" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  value = function(g, p)
    -- Only teams that the roster knows in this place count, so that no share can pass 1.
    local same_team = { network = "network", district = "district", team = "team" }
    local cycles = g:join("roster", same_team, { roster_team = "team" })
    return proportion(cycles.roster_team:distinct(), g.with.roster.team:distinct())
  end,
  tests = {
    { name = "one team of two, however many cycles it has",
      data = {
        pdsa = { { network = "N", district = "A", team = "t1" }, { network = "N", district = "A", team = "t1" } },
        roster = { { network = "N", district = "A", team = "t1" }, { network = "N", district = "A", team = "t2" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "a team that is not on the roster does not count",
      data = {
        pdsa = { { network = "N", district = "A", team = "t1" }, { network = "N", district = "A", team = "t9" } },
        roster = { { network = "N", district = "A", team = "t1" } },
      },
      expect = { value = 1, n = 1 } },
    { name = "a cycle without a team counts for none",
      data = {
        pdsa = { { network = "N", district = "A", team = "t1" }, { network = "N", district = "A" } },
        roster = { { network = "N", district = "A", team = "t1" }, { network = "N", district = "A", team = "t2" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "no roster, no share", data = { pdsa = { { network = "N", district = "A", team = "t1" } },
        roster = { { network = "N", district = "A", team = missing("not_loaded") } } },
      expect = { status = "insufficient" } },
  },
}
