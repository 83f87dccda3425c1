-- Favourable answers about the hub's support: among the two best of six, over all hub items.
-- The hub's own staff answer too, but not for themselves. Left out: every answer that is missing, for whatever reason.
local scales = require "hub.scales"
local items = { "hub_1", "hub_2", "hub_3", "hub_4" }

return measure {
  id = "hub.favourable", version = "1.0.0",
  title = "Favourable answers about the hub", question = "Which share of members' answers about the hub is favourable?",
  domain = "hub", type = "driver", direction = "higher", unit = "proportion",
  source = "Network Health survey, domain hub leadership; own items",
  from = "survey", columns = { "role", "hub_1", "hub_2", "hub_3", "hub_4" },
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { boxes = scales.boxes }, presets = { top_box = scales.top_box },
  value = function(g, p)
    local members = g:where(~(g.role:is("hub") & g.role:valid()))
    return scales.favourable(members, items, p, 6)
  end,
  tests = {
    { name = "5 is favourable, 4 is not", rows = { { hub_1 = 5, hub_2 = 4 } }, expect = { value = 0.5, n = 1 } },
    { name = "answers count alike: one of three and none of one is one of four",
      rows = { { hub_1 = 6, hub_2 = 1, hub_3 = 2 }, { hub_4 = 3 } }, expect = { value = 0.25, n = 2 } },
    { name = "blanks and don't know are no answers",
      rows = { { hub_1 = 5, hub_2 = missing("not_applicable") }, {} }, expect = { value = 1, n = 1 } },
    { name = "the hub's own staff are not in it", rows = { { role = "hub", hub_1 = 6 }, { role = "coach", hub_1 = 1 } },
      expect = { value = 0, n = 1 } },
    { name = "the best answer only", preset = "top_box",
      rows = { { hub_1 = 5, hub_2 = 6 } }, expect = { value = 0.5 } },
  },
}
