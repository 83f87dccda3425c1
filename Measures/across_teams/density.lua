-- How densely people are connected: the ties that were named, of all that there could be between the people on the roster.
-- Who did not answer named nobody, so the second part says which share of the possible ties nobody could name: the density
-- may be higher by up to that. Ties with somebody who is not on the roster, or without an end, are left out.
return measure {
  id = "net.density", version = "1.0.0",
  title = "Density of ties", question = "How many of the possible ties for help and advice exist?",
  domain = "across_teams", type = "driver", direction = "higher", unit = "proportion",
  source = "Network studies of schools (density, reciprocity, centralization); nonresponse after Huisman 2009",
  from = "ties", with = { "roster" }, columns = { "from", "to" },
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    local net = g:graph{ nodes = g.with.roster, id = "person" }
    local answered = net.nodes.person:isin(g.from)
    return { density = net:density(), unobserved = net:nonresponse(answered) }
  end,
  tests = {
    { name = "two of the six possible ties, named twice or not; one of three people did not answer",
      data = {
        ties = { { from = "a", to = "b" }, { from = "a", to = "b" }, { from = "b", to = "c" } },
        roster = { { person = "a" }, { person = "b" }, { person = "c" } },
      },
      expect = { parts = { density = { value = 1 / 3, n = 3 }, unobserved = 1 / 3 } } },
    { name = "who answered and named nobody could have; strangers and ties with oneself are left out",
      data = {
        ties = { { from = "a", to = "x" }, { from = "a", to = "a" }, { from = "b" } },
        roster = { { person = "a" }, { person = "b" } },
      },
      expect = { parts = { density = 0, unobserved = 0 } } },
    { name = "one person has no possible tie", data = { ties = { { from = "a", to = "b" } }, roster = { { person = "a" } } },
      expect = { parts = { density = { status = "insufficient" } } } },
  },
}
