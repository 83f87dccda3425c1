-- Ties between schools: help and advice that people find in another school, of all ties whose two schools are known.
-- After Kallio and Halverson 2019, who ask who helps whom in a network of schools.
return measure {
  id = "net.cross_school_share", version = "1.0.0",
  title = "Ties across schools", question = "How much help and advice crosses the walls of the school?",
  domain = "across_teams", type = "driver", direction = "higher", unit = "proportion",
  source = "After Kallio and Halverson 2019 (help ties in a networked improvement community)",
  from = "ties", with = { "roster" }, columns = { "from", "to", "school" },
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    -- The roster says where `to` works, and whether that is (also) the school of `from`.
    local ties = g:join("roster", { person = "to" }, { to_school = "school" })
      :join("roster", { person = "to", school = "school" }, { shared_school = "school" })
    local known = ties:where(ties.school:valid() & ties.to_school:valid())
    return (~known.shared_school:valid()):share()
  end,
  tests = {
    { name = "one of two ties crosses",
      data = {
        ties = { { from = "a", to = "b", school = "S1" }, { from = "a", to = "c", school = "S1" } },
        roster = { { person = "b", school = "S1" }, { person = "c", school = "S2" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "who works in both schools is a colleague, whichever comes first in the roster",
      data = {
        ties = { { from = "a", to = "b", school = "S1" } },
        roster = { { person = "b", school = "S2" }, { person = "b", school = "S1" } },
      },
      expect = { value = 0, n = 1 } },
    { name = "a tie to somebody who is not on the roster is left out",
      data = {
        ties = { { from = "a", to = "b", school = "S1" }, { from = "a", to = "x", school = "S1" } },
        roster = { { person = "b", school = "S2" } },
      },
      expect = { value = 1, n = 1 } },
    { name = "so is a tie from an unknown school, or to one",
      data = {
        ties = { { from = "a", to = "b" }, { from = "a", to = "c", school = "S1" } },
        roster = { { person = "b", school = "S2" }, { person = "c", school = missing("not_loaded") } },
      },
      expect = { status = "insufficient" } },
  },
}
