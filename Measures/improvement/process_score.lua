-- How far improvement work has become a process: the mean of person means over the items on improvement cycles.
-- Teachers and coaches are asked. Left out: blanks, "does not apply", not asked, not loaded.
local scales = require "hub.scales"
local items = { "ci_1", "ci_2", "ci_3", "ci_4" }

return measure {
  id = "ci.process_score", version = "1.0.0",
  title = "Continuous improvement process", question = "Do teams plan, test, measure and learn as a matter of course?",
  domain = "improvement", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, domain continuous improvement processes; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "school" }, { "role" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    return scales.mean(g, items, p)
  end,
  tests = {
    { name = "two of four items are exactly half and count", rows = { { ci_1 = 2, ci_4 = 5 }, { ci_1 = 6 } },
      expect = { value = 3.5, n = 1 } },
    { name = "all blank", rows = { {}, {} }, expect = { status = "insufficient" } },
    { name = "leaders are not asked",
      rows = { { ci_1 = missing("not_asked"), ci_2 = missing("not_asked"), ci_3 = missing("not_asked"),
        ci_4 = missing("not_asked") } },
      expect = { status = "not_applicable" } },
    { name = "leaders do not make teachers' answers fewer",
      rows = {
        { ci_1 = missing("not_asked"), ci_2 = missing("not_asked"), ci_3 = missing("not_asked"),
          ci_4 = missing("not_asked") },
        { ci_1 = 4, ci_2 = 4, ci_3 = 4, ci_4 = 5 },
      },
      expect = { value = 4.25, n = 1 } },
  },
}
