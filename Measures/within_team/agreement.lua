-- Whether teams agree on how safe they are: r_wg(j) of each team, and the share of teams that reach .70.
-- Left out: every missing answer, for whatever reason; teams in which an item has fewer than two answers.
local items = { "safety_1", "safety_2", "safety_3", "safety_4" }

return measure {
  id = "team.agreement", version = "1.0.0",
  title = "Agreement within teams", question = "In how many teams do members agree on how safe it is to speak up?",
  domain = "within_team", type = "driver", direction = "higher", unit = "proportion",
  source = "James, Demaree and Wolf 1984 (r_wg(j), uniform null); on the cut of .70 LeBreton and Senter 2008",
  from = "survey", columns = { "team", "safety_1", "safety_2", "safety_3", "safety_4" },
  by = { {}, { "network" } }, every = "wave",
  params = {
    cut = { default = 0.7, min = 0, max = 1, about = "the agreement from which on a team counts as agreeing" },
  },
  presets = { strong = { cut = 0.9 } },
  value = function(g, p)
    local options = { by = "team", reverse = { "safety_2" }, range = { 1, 6 }, cut = p.cut }
    local agreement = g:rwg(items, options)
    return { mean = agreement, agreeing = agreement.share }
  end,
  tests = {
    { name = "who all say the same agree; answers spread as at random do not",
      rows = {
        { team = "a", safety_1 = 5, safety_2 = 2, safety_3 = 5, safety_4 = 5 },
        { team = "a", safety_1 = 5, safety_2 = 2, safety_3 = 5, safety_4 = 5 },
        { team = "b", safety_1 = 1, safety_2 = 6, safety_3 = 6, safety_4 = 1 },
        { team = "b", safety_1 = 6, safety_2 = 1, safety_3 = 1, safety_4 = 6 },
      },
      expect = { parts = { mean = 0.5, agreeing = 0.5 } } },
    { name = "a team of one cannot agree",
      rows = {
        { team = "a", safety_1 = 5, safety_2 = 2, safety_3 = 5, safety_4 = 5 },
        { team = "b", safety_1 = 4, safety_2 = 4, safety_3 = 4, safety_4 = 4 },
        { team = "b", safety_1 = 4, safety_2 = 4, safety_3 = 4, safety_4 = 4 },
      },
      expect = { parts = { mean = 1, agreeing = 1 } } },
    { name = "no team has two answers",
      rows = { { team = "a", safety_1 = 5, safety_2 = 2, safety_3 = 5, safety_4 = 5 } },
      expect = { parts = { mean = { status = "insufficient" } } } },
  },
}
