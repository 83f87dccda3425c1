-- Belonging: the share of answers to the identity items that are favourable, among the two best of six.
-- The items are the network's own. Left out: every answer that is missing, for whatever reason.
local scales = require "hub.scales"
local items = { "identity_1", "identity_2" }

return measure {
  id = "cul.identity", version = "1.0.0",
  title = "Belonging", question = "Do members feel that they belong to the network?",
  domain = "culture", type = "driver", direction = "higher", unit = "proportion",
  source = "Network Health survey, domain network culture; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { boxes = scales.boxes }, presets = { top_box = scales.top_box },
  value = function(g, p)
    return scales.favourable(g, items, p, 6)
  end,
  tests = {
    { name = "5 is favourable, 4 is not",
      rows = { { identity_1 = 4, identity_2 = 6 }, { identity_1 = 4, identity_2 = 5 } },
      expect = { value = 0.5, n = 2 } },
    { name = "answers count alike: three of four, whoever gave them",
      rows = { { identity_1 = 5, identity_2 = 6 }, { identity_1 = 6 }, { identity_2 = 1 } },
      expect = { value = 0.75, n = 3 } },
    { name = "who answered neither item is not unfavourable",
      rows = { { identity_1 = 6, identity_2 = 6 }, {} }, expect = { value = 1, n = 1 } },
    { name = "don't know is not unfavourable either",
      rows = { { identity_1 = 2, identity_2 = 2 }, { identity_1 = missing("not_applicable") } },
      expect = { value = 0, n = 1 } },
    { name = "nobody was asked",
      rows = { { identity_1 = missing("not_asked"), identity_2 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
    { name = "the best answer only", preset = "top_box", rows = { { identity_1 = 5, identity_2 = 6 } },
      expect = { value = 0.5 } },
  },
}
