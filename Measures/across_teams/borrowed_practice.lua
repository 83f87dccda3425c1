-- Practices that travel: teams that took up a change of another team in the school year, of the teams on the roster.
-- Learning across teams is a domain of the Network Health survey; here the adoption log itself shows it.
return measure {
  id = "net.borrowed_practice", version = "2.0.0",
  title = "Teams that borrow a practice", question = "How many teams take up what another team has tried?",
  domain = "across_teams", type = "process", direction = "higher", unit = "proportion",
  source = "Network Health survey, domain connections across teams; own definition from the adoption log",
  from = "adoption", with = { "roster" }, columns = { "network", "district", "team", "origin" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  value = function(g, p)
    -- A blank origin means a team's own idea; a load without origins says nothing of anybody, nor does one without teams.
    local told = g:where(~g.origin:missing("not_loaded") & g.team:valid())
    if told.n == 0 then return insufficient("no load says where ideas come from") end
    -- Only teams that the roster knows in this place count, so that no share can pass 1.
    local same_team = { network = "network", district = "district", team = "team" }
    local borrowers = told:where(told.origin:valid()):join("roster", same_team, { roster_team = "team" })
    return proportion(borrowers.roster_team:distinct(), g.with.roster.team:distinct())
  end,
  tests = {
    { name = "one of two teams borrowed, twice; its own idea and a team that is not on the roster do not count",
      data = {
        adoption = {
          { network = "N", district = "A", team = "t1", origin = "t7" },
          { network = "N", district = "A", team = "t1", origin = "t8" },
          { network = "N", district = "A", team = "t2" }, { network = "N", district = "A", team = "t9", origin = "t7" },
        },
        roster = { { network = "N", district = "A", team = "t1" }, { network = "N", district = "A", team = "t2" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "a blank is a team's own idea, not a gap",
      data = {
        adoption = { { network = "N", district = "A", team = "t1" } },
        roster = { { network = "N", district = "A", team = "t1" } },
      },
      expect = { value = 0, n = 1 } },
    { name = "a load without origins, and one without teams, do not say",
      data = {
        adoption = {
          { network = "N", district = "A", team = "t1", origin = missing("not_loaded") },
          { network = "N", district = "A", team = missing("not_loaded"), origin = "t7" },
        },
        roster = { { network = "N", district = "A", team = "t1" } },
      },
      expect = { status = "insufficient" } },
  },
}
