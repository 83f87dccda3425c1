-- How alike members of a team are: the share of the variance of safety scores that lies between teams.
-- Left out: who has no score (blanks, "does not apply", not asked, not loaded) or no team.
local scales = require "hub.scales"
local items = { "safety_1", "safety_2", "safety_3", "safety_4" }
local wording = { reverse = { "safety_2" }, range = { 1, 6 } }

return measure {
  id = "team.icc1", version = "1.0.0",
  title = "Likeness within teams", question = "How much of how safe people feel depends on the team they are in?",
  domain = "within_team", type = "driver", unit = "proportion",
  source = "Shrout and Fleiss 1979; (MSB - MSW) / (MSB + (k - 1) MSW), k as in Searle 1971 for teams of unequal size",
  from = "survey", columns = { "team", "safety_1", "safety_2", "safety_3", "safety_4" },
  by = { {}, { "network" } }, every = "wave",
  params = { answered = scales.answered },
  value = function(g, p)
    return scales.score(g, items, p, wording):icc("team")
  end,
  tests = {
    { name = "two teams of two: MSB 16, MSW 0.5",
      rows = {
        { team = "a", safety_1 = 2, safety_3 = 2 }, { team = "a", safety_1 = 1, safety_3 = 1 },
        { team = "b", safety_1 = 5, safety_3 = 5 }, { team = "b", safety_1 = 6, safety_3 = 6 },
      },
      expect = { value = 15.5 / 16.5, n = 4 } },
    { name = "who has no team, or too few answers, is left out",
      rows = {
        { team = "a", safety_1 = 2, safety_3 = 2 }, { team = "a", safety_1 = 1, safety_3 = 1 },
        { team = "a", safety_1 = 6 },
        { team = "b", safety_1 = 5, safety_3 = 5 }, { team = "b", safety_1 = 6, safety_3 = 6 },
        { safety_1 = 1, safety_3 = 1 },
      },
      expect = { value = 15.5 / 16.5, n = 4 } },
    { name = "one team has nothing beside it",
      rows = { { team = "a", safety_1 = 2, safety_3 = 2 }, { team = "a", safety_1 = 1, safety_3 = 1 } },
      expect = { status = "insufficient" } },
  },
}
