-- Whether people carry the aim: the share of answers to the items on the aim that are favourable, among the two best
-- of six. A network moves when its members can say what it is for. Left out: every answer that is missing, for
-- whatever reason.
local scales = require "hub.scales"
local items = { "aim_1", "aim_2" }

return measure {
  id = "eng.aim_recall", version = "1.0.0",
  title = "Commitment to the aim", question = "Can people say the network's aim, and does it guide their work?",
  domain = "roles", type = "driver", direction = "higher", unit = "proportion",
  source = "Open Way Learning, aims and drivers; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { boxes = scales.boxes }, presets = { top_box = scales.top_box },
  value = function(g, p)
    return scales.favourable(g, items, p, 6)
  end,
  tests = {
    { name = "5 is favourable, 4 is not", rows = { { aim_1 = 5, aim_2 = 4 } }, expect = { value = 0.5, n = 1 } },
    { name = "a blank is no answer", rows = { { aim_1 = 6 }, {} }, expect = { value = 1, n = 1 } },
    { name = "nobody answered",
      rows = { { aim_1 = missing("not_applicable") } }, expect = { status = "insufficient" } },
    { name = "the hub's staff are not asked", rows = { { aim_1 = missing("not_asked"), aim_2 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
  },
}
