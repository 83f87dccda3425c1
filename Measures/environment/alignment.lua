-- How well the district's demands fit the network's aim: the mean of person means over the alignment items, and by
-- how much each district lies above or below the rest. Left out: blanks, "does not apply", not asked, not loaded; no
-- district, from the gaps.
local scales = require "hub.scales"
local items = { "align_1", "align_2", "align_3" }

return measure {
  id = "env.alignment", version = "1.0.0",
  title = "District alignment", question = "Does what the district asks for fit what the network works on?",
  domain = "environment", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, embeddedness in the institutional environment; own items",
  from = "survey", columns = { "district", "align_1", "align_2", "align_3" },
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    local parts = { score = scales.mean(g, items, p) }
    if g.keys.district then return parts end
    for district, inside in g:each("district") do
      local rest = g:where(~g.district:is(district))
      if rest.n > 0 then
        parts["gap " .. district] = difference(scales.mean(inside, items, p), scales.mean(rest, items, p))
      end
    end
    return parts
  end,
  tests = {
    { name = "the mean of person means", keys = { district = "A" },
      rows = {
        { district = "A", align_1 = 1, align_2 = 2, align_3 = 3 }, { district = "A", align_1 = 5, align_2 = 5 },
      },
      expect = { parts = { score = { value = 3.5, n = 2 } } } },
    { name = "each district against the rest",
      rows = {
        { district = "A", align_1 = 5, align_2 = 5 }, { district = "B", align_1 = 2, align_2 = 3 },
        { align_1 = 1, align_2 = 1 },
      },
      expect = { parts = { ["gap A"] = 2.5, ["gap B"] = -2.5 } } },
    { name = "one item of three is less than half", rows = { { align_3 = 6 } },
      expect = { parts = { score = { status = "insufficient" } } } },
    { name = "exactly all, where all are asked for", preset = "strict",
      rows = { { align_1 = 4, align_2 = 4, align_3 = 4 }, { align_1 = 1, align_2 = 1 } },
      expect = { parts = { score = { value = 4, n = 1 } } } },
    { name = "don't know is no answer", rows = { { align_1 = 3, align_2 = 4, align_3 = missing("not_applicable") } },
      expect = { parts = { score = { value = 3.5, n = 1 } } } },
  },
}
