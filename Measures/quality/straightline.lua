-- People who gave the same answer to all safety items. The second is worded the other way round, so one answer to all
-- contradicts itself. Of those who answered all four; teachers and coaches are asked.
local items = { "safety_1", "safety_2", "safety_3", "safety_4" }

return measure {
  id = "dq.straightline", version = "1.0.0",
  title = "Straight-lining", question = "How many people tick one column without reading?",
  domain = "quality", type = "quality", direction = "lower", unit = "proportion",
  source = "Common check of survey data (batteries without variance)",
  from = "survey", columns = items,
  by = { {}, { "network" } }, every = "wave",
  value = function(g, p)
    local full = g:where(g:scale(items, { answered = 1, reverse = {} }):valid())
    local same = (full.safety_1 - full.safety_2):is(0) & (full.safety_2 - full.safety_3):is(0)
      & (full.safety_3 - full.safety_4):is(0)
    return same:share()
  end,
  tests = {
    { name = "one of two",
      rows = {
        { safety_1 = 5, safety_2 = 5, safety_3 = 5, safety_4 = 5 },
        { safety_1 = 5, safety_2 = 2, safety_3 = 5, safety_4 = 5 },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "one point of difference is a difference",
      rows = { { safety_1 = 5, safety_2 = 5, safety_3 = 5, safety_4 = 6 } },
      expect = { value = 0, n = 1 } },
    { name = "who left an item blank is not judged, not even by the others", rows = { { safety_1 = 5, safety_2 = 1 } },
      expect = { status = "insufficient" } },
    { name = "nor is who did not know an answer",
      rows = { { safety_1 = 5, safety_2 = 5, safety_3 = 5, safety_4 = missing("not_applicable") } },
      expect = { status = "insufficient" } },
  },
}
