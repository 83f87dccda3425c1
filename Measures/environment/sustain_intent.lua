-- Whether the work would outlive the grant: leaders who mean to go on, by both items of that kind.
-- Leaders only are asked, so it does not arise for teachers and coaches.
return measure {
  id = "env.sustain_intent", version = "1.0.0",
  title = "Intent to sustain", question = "How many leaders mean to go on when the grant ends?",
  domain = "environment", type = "driver", direction = "higher", unit = "proportion",
  source = "Network Health survey, embeddedness in the institutional environment; own items",
  from = "survey", columns = { "sustain_1", "sustain_2" },
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = {
    boxes = { default = 2, min = 1, max = 5, about = "how many of the six answers, from the top, are favourable" },
  },
  value = function(g, p)
    local first, second = g.sustain_1, g.sustain_2
    local asked = ~first:missing("not_asked") | ~second:missing("not_asked")
    if asked:count().value == 0 then return not_applicable("only leaders are asked") end
    return (first:top_box(p.boxes, { max = 6 }) & second:top_box(p.boxes, { max = 6 })):share()
  end,
  tests = {
    { name = "5 on both items is favourable, 5 and 4 is not",
      rows = { { sustain_1 = 5, sustain_2 = 5 }, { sustain_1 = 5, sustain_2 = 4 } }, expect = { value = 0.5, n = 2 } },
    { name = "with a blank, one unfavourable answer decides, a favourable one does not",
      rows = { { sustain_1 = 2 }, { sustain_1 = 6 }, { sustain_1 = 6, sustain_2 = 6 } },
      expect = { value = 0.5, n = 2 } },
    { name = "all blank", rows = { {} }, expect = { status = "insufficient" } },
    { name = "teachers are not asked",
      rows = { { sustain_1 = missing("not_asked"), sustain_2 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
  },
}
