-- Whether everybody turns to the same few: Freeman's centralization of the ties received. 0 where all are asked alike, 1
-- where all ask one person. Among the people on the roster; ties without an end or with a stranger are left out.
return measure {
  id = "net.centralisation", version = "1.0.0",
  title = "Centralization of help", question = "Does help hang on a few people?",
  domain = "across_teams", type = "driver", direction = "lower", unit = "index",
  source = "Freeman 1979 (in-degree)",
  from = "ties", with = { "roster" }, columns = { "from", "to" },
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    return g:graph{ nodes = g.with.roster, id = "person" }:centralization{ of = "in_degree" }
  end,
  tests = {
    { name = "a star: everybody asks one person",
      data = {
        ties = { { from = "b", to = "a" }, { from = "c", to = "a" }, { from = "d", to = "a" } },
        roster = { { person = "a" }, { person = "b" }, { person = "c" }, { person = "d" } },
      },
      expect = { value = 1, n = 4 } },
    { name = "a ring: everybody is asked once",
      data = {
        ties = { { from = "a", to = "b" }, { from = "b", to = "c" }, { from = "c", to = "a" } },
        roster = { { person = "a" }, { person = "b" }, { person = "c" } },
      },
      expect = { value = 0, n = 3 } },
    { name = "a blank is no tie", data = { ties = { { from = "a" } }, roster = { { person = "a" }, { person = "b" }, { person = "c" } } },
      expect = { value = 0, n = 3 } },
    { name = "nobody is on the roster", data = { ties = { { from = "a", to = "b" } }, roster = { { role = "coach" } } },
      expect = { status = "insufficient" } },
  },
}
