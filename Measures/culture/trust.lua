-- How far members trust one another: the mean over people of each person's mean over the trust items.
-- The items are the network's own. Left out: blanks, "does not apply", not asked, not loaded.
local scales = require "hub.scales"
local items = { "trust_1", "trust_2", "trust_3" }

return measure {
  id = "cul.trust", version = "1.0.0",
  title = "Trust", question = "Do members of the network trust one another?",
  domain = "culture", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, domain network culture; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    return scales.mean(g, items, p)
  end,
  tests = {
    { name = "people count alike, however many items they answered",
      rows = { { trust_1 = 6, trust_2 = 6, trust_3 = 6 }, { trust_1 = 2, trust_2 = 3 } },
      expect = { value = 4.25, n = 2 } },
    { name = "one item of three is less than half", rows = { { trust_1 = 4 } }, expect = { status = "insufficient" } },
    { name = "exactly the share that is asked for is enough", params = { answered = 2 / 3 },
      rows = { { trust_1 = 4, trust_2 = 5 } }, expect = { value = 4.5, n = 1 } },
    { name = "strict: a person with a blank is left out", preset = "strict",
      rows = { { trust_1 = 4, trust_2 = 5 }, { trust_1 = 3, trust_2 = 3, trust_3 = 3 } },
      expect = { value = 3, n = 1 } },
    { name = "don't know is no answer",
      rows = { { trust_1 = missing("not_applicable"), trust_2 = missing("not_applicable"), trust_3 = 6 } },
      expect = { status = "insufficient" } },
  },
}
