-- Whether the culture is one or many: the standard deviation of trust between teams, of that among all people. 0:
-- teams do not differ; 1: all difference lies between teams. Left out: who has no score (any kind of missing) or no
-- team.
local scales = require "hub.scales"
local items = { "trust_1", "trust_2", "trust_3" }

return measure {
  id = "cul.dispersion", version = "1.0.0",
  title = "Dispersion of trust", question = "Is trust alike in all teams, or a matter of the team?",
  domain = "culture", type = "driver", direction = "lower", unit = "proportion",
  source =
    "Own definition; the deviation between teams is that of a random-intercept model (REML), without what chance adds",
  from = "survey", columns = { "team", "trust_1", "trust_2", "trust_3" },
  by = { {}, { "network" } }, every = "wave",
  params = { answered = scales.answered },
  value = function(g, p)
    local placed = g:where(g.team:valid())
    local score = scales.score(placed, items, p)
    return score:between_sd("team") / score:sd()
  end,
  tests = {
    { name = "teams that do not differ", rows = {
        { team = "a", trust_1 = 2, trust_2 = 2 }, { team = "a", trust_1 = 5, trust_2 = 5 },
        { team = "b", trust_1 = 2, trust_2 = 2 }, { team = "b", trust_1 = 5, trust_2 = 5 },
      },
      expect = { value = 0 } },
    { name = "two teams of two, MSB 16 and MSW 0.5: sqrt(7.75) of sqrt(17 / 3)",
      rows = {
        { team = "a", trust_1 = 2, trust_2 = 2 }, { team = "a", trust_1 = 1, trust_2 = 1 },
        { team = "b", trust_1 = 5, trust_2 = 5 }, { team = "b", trust_1 = 6, trust_2 = 6 },
      },
      expect = { value = math.sqrt(7.75 / (17 / 3)) }, within = 1e-5 },
    { name = "who has no team, or answered one item of three, is left out",
      rows = {
        { team = "a", trust_1 = 2, trust_2 = 2 }, { team = "a", trust_1 = 1, trust_2 = 1 },
        { trust_1 = 6, trust_2 = 6 },
        { team = "b", trust_1 = 5, trust_2 = 5 }, { team = "b", trust_1 = 6, trust_2 = 6 }, { team = "b", trust_1 = 1 },
      },
      expect = { value = math.sqrt(7.75 / (17 / 3)) }, within = 1e-5 },
    { name = "one team has nothing beside it",
      rows = { { team = "a", trust_1 = 2, trust_2 = 2 }, { team = "a", trust_1 = 1, trust_2 = 1 } },
      expect = { status = "insufficient" } },
  },
}
