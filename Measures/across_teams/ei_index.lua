-- Inward or outward: ties to other schools less ties within the school, of both. -1 is all within, 1 all without.
-- A tie counts where the roster knows the schools of both ends; of people with two places there the first counts. Missing
-- ends, schools and people who are not on the roster are left out, for whatever reason they are missing.
return measure {
  id = "net.ei_index", version = "1.0.0",
  title = "E-I index of schools", question = "Do people turn to other schools or stay among themselves?",
  domain = "across_teams", type = "driver", direction = "higher", unit = "index",
  source = "Krackhardt and Stern 1988",
  from = "ties", with = { "roster" }, columns = { "from", "to" },
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    return g:graph{ nodes = g.with.roster, id = "person" }:ei("school")
  end,
  tests = {
    { name = "one tie crosses and one does not",
      data = {
        ties = { { from = "a", to = "b" }, { from = "a", to = "c" } },
        roster = { { person = "a", school = "S1" }, { person = "b", school = "S1" }, { person = "c", school = "S2" } },
      },
      expect = { value = 0, n = 2 } },
    { name = "all ties cross",
      data = {
        ties = { { from = "a", to = "c" } },
        roster = { { person = "a", school = "S1" }, { person = "c", school = "S2" } },
      },
      expect = { value = 1, n = 1 } },
    { name = "ties with the hub, which has no school, and with strangers are left out",
      data = {
        ties = { { from = "a", to = "h" }, { from = "a", to = "x" }, { from = "a", to = "b" }, { from = "a" } },
        roster = { { person = "a", school = "S1" }, { person = "b", school = "S1" }, { person = "h" } },
      },
      expect = { value = -1, n = 1 } },
    { name = "no school is known", data = { ties = { { from = "a", to = "b" } }, roster = { { person = "a" }, { person = "b" } } },
      expect = { status = "insufficient" } },
  },
}
