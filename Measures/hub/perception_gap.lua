-- Whether the hub sees its support as its members do: the mean of the hub's own staff less that of all others. 0
-- means that both see it alike. Left out: who answered too few items or has no role; every kind of missing counts as
-- that.
local scales = require "hub.scales"
local items = { "hub_1", "hub_2", "hub_3", "hub_4" }

return measure {
  id = "hub.perception_gap", version = "1.0.0",
  title = "Hub support: hub less members", question = "Does the hub see its own support as its members do?",
  domain = "hub", type = "driver", unit = "points",
  source = "Own definition; Welch's interval",
  from = "survey", columns = { "role", "hub_1", "hub_2", "hub_3", "hub_4" },
  by = { {}, { "network" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    local hub = scales.score(g:where(g.role:is("hub")), items, p):mean()
    local members = scales.score(g:where(~g.role:is("hub")), items, p):mean()
    return difference(hub, members)
  end,
  tests = {
    { name = "hub less members, with Welch's interval",
      rows = {
        { role = "hub", hub_1 = 6, hub_2 = 6 }, { role = "hub", hub_1 = 5, hub_2 = 5 },
        { role = "teacher", hub_1 = 4, hub_2 = 4 }, { role = "coach", hub_1 = 3, hub_2 = 3 },
      },
      expect = { value = 2, n = 2, low = -1.042435, high = 5.042435 }, within = 1e-6 },
    { name = "exactly half of the items is enough on both sides",
      rows = { { role = "hub", hub_1 = 6, hub_2 = 5 }, { role = "leader", hub_3 = 5, hub_4 = 5 } },
      expect = { value = 0.5, n = 1 } },
    { name = "no gap without the hub's own answers", rows = { { role = "leader", hub_1 = 6, hub_2 = 6 } },
      expect = { status = "insufficient" } },
    { name = "who has no role is on neither side",
      rows = {
        { hub_1 = 1, hub_2 = 1 }, { role = "hub", hub_1 = 4, hub_2 = 4 }, { role = "leader", hub_1 = 4, hub_2 = 4 },
      },
      expect = { value = 0 } },
  },
}
