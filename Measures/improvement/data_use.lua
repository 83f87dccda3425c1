-- Whether practical measures are used: the share of answers that are favourable, among the two best of six.
-- Practical measurement as Carnegie describes it: close to the work, quick, acted upon. Left out: every missing answer.
local scales = require "hub.scales"
local items = { "data_use_1", "data_use_2" }

return measure {
  id = "ci.data_use", version = "1.0.0",
  title = "Use of practical measures", question = "Do teams use quick measures of their own to steer their work?",
  domain = "improvement", type = "driver", direction = "higher", unit = "proportion",
  source = "Carnegie Foundation, practical measurement; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { boxes = scales.boxes }, presets = { top_box = scales.top_box },
  value = function(g, p)
    return scales.favourable(g, items, p, 6)
  end,
  tests = {
    { name = "5 is among the two best answers, 4 is not",
      rows = { { data_use_1 = 5, data_use_2 = 6 }, { data_use_1 = 4, data_use_2 = 6 } },
      expect = { value = 0.75, n = 2 } },
    { name = "a blank is left out", rows = { { data_use_1 = 5, data_use_2 = 2 }, { data_use_2 = 5 } },
      expect = { value = 2 / 3, n = 2 } },
    { name = "leaders are not asked",
      rows = { { data_use_1 = missing("not_asked"), data_use_2 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
    { name = "don't know is an answer to a question that was asked",
      rows = { { data_use_1 = missing("not_applicable"), data_use_2 = missing("not_applicable") } },
      expect = { status = "insufficient" } },
    { name = "the best answer only", preset = "top_box", rows = { { data_use_1 = 5, data_use_2 = 6 } },
      expect = { value = 0.5 } },
  },
}
