-- The share of people who do not feel safe: those whose mean over the safety items lies below the middle of the scale.
-- A mean hides them. Left out: who has no score, because of blanks, "does not apply", not asked or not loaded.
local scales = require "hub.scales"
local items = { "safety_1", "safety_2", "safety_3", "safety_4" }
local wording = { reverse = { "safety_2" }, range = { 1, 6 } }

return measure {
  id = "team.low_safety", version = "1.0.0",
  title = "Members who do not feel safe", question = "How many members would rather not speak up in their team?",
  domain = "within_team", type = "driver", direction = "lower", unit = "proportion",
  source = "Edmondson 1999, adapted; the limit is our own",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" } }, every = "wave",
  params = {
    answered = scales.answered,
    limit = { default = 3.5, min = 1, max = 6, about = "a mean below this counts as not safe" },
  },
  value = function(g, p)
    return scales.score(g, items, p, wording):below(p.limit):share()
  end,
  tests = {
    { name = "exactly at the limit is not below it",
      rows = { { safety_1 = 3, safety_3 = 4 }, { safety_1 = 3, safety_3 = 3 } }, expect = { value = 0.5, n = 2 } },
    { name = "6 on the reversed item is the worst answer", rows = { { safety_1 = 4, safety_2 = 6 } },
      expect = { value = 1, n = 1 } },
    { name = "who did not answer is on neither side", rows = { { safety_1 = 4, safety_3 = 4 }, {} },
      expect = { value = 0, n = 1 } },
    { name = "nor is who was not asked",
      rows = { { safety_1 = missing("not_asked") }, { safety_1 = 1, safety_3 = 2 } }, expect = { value = 1, n = 1 } },
  },
}
