-- Whether practical measures are used: the favourable share of answers, as the mean of the two items' shares.
-- Practical measurement as Carnegie describes it: close to the work, quick, and acted upon.
return measure {
  id = "ci.data_use", version = "1.0.0",
  title = "Use of practical measures", question = "Do teams use quick measures of their own to steer their work?",
  domain = "improvement", type = "driver", direction = "higher", unit = "proportion",
  source = "Carnegie Foundation, practical measurement; own items",
  from = "survey", columns = { "data_use_1", "data_use_2" },
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = {
    boxes = { default = 2, min = 1, max = 5, about = "how many of the six answers, from the top, are favourable" },
  },
  presets = { top_box = { boxes = 1 } },
  value = function(g, p)
    local first, second = g.data_use_1, g.data_use_2
    local asked = ~first:missing("not_asked") | ~second:missing("not_asked")
    if asked:count().value == 0 then return not_applicable("these people are not asked about data") end
    return (first:top_box(p.boxes, { max = 6 }):share() + second:top_box(p.boxes, { max = 6 }):share()) / 2
  end,
  tests = {
    { name = "5 is among the two best answers, 4 is not",
      rows = { { data_use_1 = 5, data_use_2 = 6 }, { data_use_1 = 4, data_use_2 = 6 } },
      expect = { value = 0.75, n = 2 } },
    { name = "a blank is left out of its item", rows = { { data_use_1 = 5, data_use_2 = 2 }, { data_use_2 = 5 } },
      expect = { value = 0.75, n = 1 } },
    { name = "no answer to one of the items", rows = { { data_use_1 = 6 } }, expect = { status = "insufficient" } },
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
