-- How well the hub supports its members: the mean over people of each person's mean over the hub items.
-- The hub's own staff answer too, but not for themselves. Left out: blanks, "does not apply", not asked, not loaded.
local scales = require "hub.scales"
local items = { "hub_1", "hub_2", "hub_3", "hub_4" }

return measure {
  id = "hub.support_score", version = "1.0.0",
  title = "Hub support", question = "Do members get from the hub the direction, coaching and data they need?",
  domain = "hub", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, domain hub leadership; own items",
  from = "survey", columns = { "role", "hub_1", "hub_2", "hub_3", "hub_4" },
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    -- Who gives no role is a member.
    local members = g:where(~(g.role:is("hub") & g.role:valid()))
    return scales.mean(members, items, p)
  end,
  tests = {
    { name = "two of four items are exactly half and count", rows = { { hub_1 = 3, hub_2 = 4 } },
      expect = { value = 3.5, n = 1 } },
    { name = "one of four items does not", rows = { { hub_1 = 3 } }, expect = { status = "insufficient" } },
    { name = "an interval needs two people",
      rows = { { hub_1 = 4, hub_2 = 4 }, { hub_1 = 5, hub_2 = 5 }, { hub_3 = 6, hub_4 = 6 } },
      expect = { value = 5, n = 3, low = 2.515862, high = 7.484138 }, within = 1e-6 },
    { name = "don't know is no answer",
      rows = { { hub_1 = 2, hub_2 = 2, hub_3 = missing("not_applicable"), hub_4 = missing("not_applicable") } },
      expect = { value = 2, n = 1 } },
    { name = "the hub's own staff are not in it",
      rows = { { role = "hub", hub_1 = 6, hub_2 = 6 }, { role = "coach", hub_1 = 3, hub_2 = 3 } },
      expect = { value = 3, n = 1 } },
  },
}
