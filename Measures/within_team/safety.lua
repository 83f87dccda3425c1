-- Psychological safety in the team: the mean of person means, and how far team means can be relied on (ICC 2).
-- Teachers and coaches are asked. Left out: blanks, "does not apply", not asked, not loaded; no team, from the
-- reliability.
local scales = require "hub.scales"
local items = { "safety_1", "safety_2", "safety_3", "safety_4" }
-- The second item is worded the other way round.
local wording = { reverse = { "safety_2" }, range = { 1, 6 } }

return measure {
  id = "team.safety", version = "1.0.0",
  title = "Psychological safety", question = "Do members feel safe to speak up in their team?",
  domain = "within_team", type = "driver", direction = "higher", unit = "points",
  source = "Edmondson 1999, adapted; reliability of team means: Shrout and Fleiss 1979, Bliese 2000",
  from = "survey", columns = { "team", "safety_1", "safety_2", "safety_3", "safety_4" },
  by = { {}, { "network" }, { "district" }, { "role" }, { "team" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    local score = scales.score(g, items, p, wording)
    if not scales.is_asked(g, items) then return not_applicable("these people are not asked about a team") end
    return { score = score:mean(), team_reliability = score:icc("team").icc2 }
  end,
  tests = {
    { name = "1 on the reversed item is the best answer",
      rows = { { safety_1 = 6, safety_2 = 1, safety_3 = 6, safety_4 = 6 } },
      expect = { parts = { score = { value = 6, n = 1 } } } },
    { name = "two of four items are exactly half and count",
      rows = { { safety_1 = 5, safety_2 = 3 }, { safety_1 = 1 } },
      expect = { parts = { score = { value = 4.5, n = 1 } } } },
    { name = "a blank reversed item is left out, not turned round",
      rows = { { safety_1 = 4, safety_3 = 5, safety_4 = 6 } }, expect = { parts = { score = 5 } } },
    { name = "strict: a blank item leaves the person out", preset = "strict",
      rows = { { safety_1 = 4, safety_3 = 5, safety_4 = 6 } },
      expect = { parts = { score = { status = "insufficient" } } } },
    { name = "reliability is (MSB - MSW) / MSB: 16 between, 0.5 within",
      rows = {
        { team = "a", safety_1 = 2, safety_3 = 2 }, { team = "a", safety_1 = 1, safety_3 = 1 },
        { team = "b", safety_1 = 5, safety_3 = 5 }, { team = "b", safety_1 = 6, safety_3 = 6 },
      },
      expect = { parts = { score = 3.5, team_reliability = 1 - 0.5 / 16 } } },
    { name = "leaders are not asked",
      rows = { { safety_1 = missing("not_asked"), safety_2 = missing("not_asked"), safety_3 = missing("not_asked"),
        safety_4 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
  },
}
