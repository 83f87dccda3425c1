-- How much of the network's help runs over the hub: ties from or to the hub's own staff, of all ties.
-- The tie itself tells the role of who names, the roster that of who is named. A tie without an end (nobody was named) is
-- none; where a role is missing, for whatever reason, only the other end can make the tie one of the hub's.
return measure {
  id = "net.hub_dependence", version = "1.0.0",
  title = "Ties that touch the hub", question = "Would people still be connected if the hub were gone?",
  domain = "across_teams", type = "driver", direction = "lower", unit = "proportion",
  source = "Own definition",
  from = "ties", with = { "roster" }, columns = { "from", "to", "role" },
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    local ties = g:where(g.from:valid() & g.to:valid()):join("roster", { person = "to" }, { to_role = "role" })
    return (ties.role:is("hub") | ties.to_role:is("hub")):share()
  end,
  tests = {
    { name = "a tie from the hub, a tie to it, and two without it",
      data = {
        ties = {
          { from = "h", to = "a", role = "hub" }, { from = "a", to = "h", role = "teacher" },
          { from = "a", to = "b", role = "teacher" }, { from = "b", to = "a", role = "coach" },
        },
        roster = { { person = "h", role = "hub" }, { person = "a", role = "teacher" }, { person = "b", role = "coach" } },
      },
      expect = { value = 0.5, n = 4 } },
    { name = "who named nobody has no tie",
      data = {
        ties = { { from = "a", role = "coach" }, { from = "a", to = "b", role = "coach" } },
        roster = { { person = "b", role = "coach" } },
      },
      expect = { value = 0, n = 1 } },
    { name = "a tie to somebody without a role is the hub's if it comes from there, and else not known",
      data = {
        ties = { { from = "a", to = "x", role = "coach" }, { from = "h", to = "x", role = "hub" } },
        roster = { { person = "x", role = missing("not_loaded") } },
      },
      expect = { value = 1, n = 1 } },
    { name = "nobody named anybody, or did not say whom",
      data = { ties = { { from = "a", role = "hub" }, { to = "b", role = "hub" } }, roster = { { person = "b" } } },
      expect = { status = "insufficient" } },
  },
}
