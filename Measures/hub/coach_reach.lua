-- How many teams coaching reaches: teams with a contact in the quarter, of the teams on the roster. Left out:
-- contacts without a team, teams that the roster does not list, entries without a team or from a load without teams.
local practice = require "hub.practice"

return measure {
  id = "hub.coach_reach", version = "1.0.0",
  title = "Teams reached by coaching", question = "How many teams had contact with a coach in the quarter?",
  domain = "hub", type = "process", direction = "higher", unit = "proportion",
  source = "After RAND's evaluation of networks for school improvement (contacts of teams with the hub)",
  from = "contacts", with = { "roster" }, columns = { "contact", "team" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  params = { contacts = { default = 1, min = 1, max = 100, about = "contacts in the quarter that reach a team" } },
  presets = { monthly = { contacts = 3 } },
  value = function(g, p)
    local contacts = g.contact:per("team", { give = "count" })
    return practice.share_of_teams(g:where(contacts:at_least(p.contacts)), g.with.roster)
  end,
  tests = {
    { name = "one team of two, however many contacts it had",
      data = {
        contacts = { { contact = "c1", team = "t1" }, { contact = "c2", team = "t1" } },
        roster = { { team = "t1" }, { team = "t1" }, { team = "t2" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "monthly: exactly three contacts are enough, two are not", preset = "monthly",
      data = {
        contacts = { { contact = "c1", team = "t1" }, { contact = "c2", team = "t1" }, { contact = "c3", team = "t1" },
          { contact = "c4", team = "t2" }, { contact = "c5", team = "t2" } },
        roster = { { team = "t1" }, { team = "t2" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "a team that is not on the roster, and a contact without a team, count for none",
      data = {
        contacts = { { contact = "c1", team = "t9" }, { contact = "c2" } }, roster = { { team = "t1" } },
      },
      expect = { value = 0, n = 1 } },
    { name = "no teams on the roster",
      data = { contacts = { { contact = "c1", team = "t1" } }, roster = { { team = missing("not_loaded") } } },
      expect = { status = "insufficient" } },
  },
}
