-- Whether the work would outlive the grant: the share of leaders' answers that are favourable, among the two best of
-- six. Leaders only are asked. Left out: every answer that is missing, for whatever reason.
local scales = require "hub.scales"
local items = { "sustain_1", "sustain_2" }

return measure {
  id = "env.sustain_intent", version = "1.0.0",
  title = "Intent to sustain", question = "Do leaders mean to go on when the grant ends?",
  domain = "environment", type = "driver", direction = "higher", unit = "proportion",
  source = "Network Health survey, embeddedness in the institutional environment; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { boxes = scales.boxes }, presets = { top_box = scales.top_box },
  value = function(g, p)
    return scales.favourable(g, items, p, 6)
  end,
  tests = {
    { name = "5 is favourable, 4 is not",
      rows = { { sustain_1 = 5, sustain_2 = 5 }, { sustain_1 = 5, sustain_2 = 4 } }, expect = { value = 0.75, n = 2 } },
    { name = "a blank is no answer", rows = { { sustain_1 = 2 }, { sustain_1 = 6, sustain_2 = 6 } },
      expect = { value = 2 / 3, n = 2 } },
    { name = "all blank", rows = { {} }, expect = { status = "insufficient" } },
    { name = "teachers are not asked",
      rows = { { sustain_1 = missing("not_asked"), sustain_2 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
  },
}
