-- Psychological safety in the team: the mean of person means; the second item is worded the other way round.
-- After Edmondson 1999, adapted; teachers and coaches are asked.
local items = { "safety_1", "safety_2", "safety_3", "safety_4" }
local wording = { reverse = { "safety_2" }, range = { 1, 6 } }

return measure {
  id = "team.safety", version = "1.0.0",
  title = "Psychological safety", question = "Do members feel safe to speak up in their team?",
  domain = "within_team", type = "driver", direction = "higher", unit = "points",
  source = "Edmondson 1999, adapted",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" } },
  presets = { strict = { answered = 1 } },
  value = function(g, p)
    local score = g:scale(items, { answered = p.answered, reverse = wording.reverse, range = wording.range })
    local asked = ~score:missing("not_asked")
    if asked:count().value == 0 then return not_applicable("these people are not asked about a team") end
    return score:mean()
  end,
  tests = {
    { name = "1 on the reversed item is the best answer",
      rows = { { safety_1 = 6, safety_2 = 1, safety_3 = 6, safety_4 = 6 } }, expect = { value = 6, n = 1 } },
    { name = "two of four items are exactly half and count",
      rows = { { safety_1 = 5, safety_2 = 3 }, { safety_1 = 1 } },
      expect = { value = 4.5, n = 1 } },
    { name = "a blank reversed item is left out, not turned round",
      rows = { { safety_1 = 4, safety_3 = 5, safety_4 = 6 } }, expect = { value = 5, n = 1 } },
    { name = "strict: a blank item leaves the person out", preset = "strict",
      rows = { { safety_1 = 4, safety_3 = 5, safety_4 = 6 } }, expect = { status = "insufficient" } },
    { name = "leaders are not asked",
      rows = { { safety_1 = missing("not_asked"), safety_2 = missing("not_asked"), safety_3 = missing("not_asked"),
        safety_4 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
  },
}
