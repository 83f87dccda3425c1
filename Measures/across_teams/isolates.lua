-- Who is left out: people who answered, named nobody, and were named by nobody, of all who answered. People who did not
-- answer are not judged, since nobody knows whom they would have named.
return measure {
  id = "net.isolates", version = "1.0.0",
  title = "People without ties", question = "How many members have nobody to turn to?",
  domain = "across_teams", type = "driver", direction = "lower", unit = "proportion",
  source = "Network studies of schools; own definition of the denominator (respondents)",
  from = "ties", with = { "roster" }, columns = { "from", "to" },
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    local net = g:graph{ nodes = g.with.roster, id = "person" }
    local answered = net.nodes.person:isin(g.from)
    -- 0 / answered is 0 for those who answered, and missing (0 / 0) for the others.
    return (net:isolated() + 0 / answered):share()
  end,
  tests = {
    { name = "one of three who answered has no tie",
      data = {
        ties = { { from = "a", to = "b" }, { from = "b" }, { from = "c" } },
        roster = { { person = "a" }, { person = "b" }, { person = "c" } },
      },
      expect = { value = 1 / 3, n = 3 } },
    { name = "to be named is a tie, also by somebody whom one does not name",
      data = { ties = { { from = "a", to = "b" }, { from = "b" } }, roster = { { person = "a" }, { person = "b" } } },
      expect = { value = 0, n = 2 } },
    { name = "who did not answer is not judged",
      data = { ties = { { from = "a" } }, roster = { { person = "a" }, { person = "b" } } }, expect = { value = 1, n = 1 } },
    { name = "nobody on the roster answered", data = { ties = { { from = "x", to = "y" } }, roster = { { person = "a" } } },
      expect = { status = "insufficient" } },
  },
}
