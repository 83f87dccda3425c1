-- How well the district's demands fit the network's aim: the mean of person means over the alignment items.
-- The environment stands beside the domains of the Network Health survey; the items are the network's own.
local items = { "align_1", "align_2", "align_3" }

return measure {
  id = "env.alignment", version = "1.0.0",
  title = "District alignment", question = "Does what the district asks for fit what the network works on?",
  domain = "environment", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, embeddedness in the institutional environment; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" } },
  presets = { strict = { answered = 1 } },
  value = function(g, p)
    return g:scale(items, { answered = p.answered }):mean()
  end,
  tests = {
    { name = "the mean of person means",
      rows = { { align_1 = 1, align_2 = 2, align_3 = 3 }, { align_1 = 5, align_2 = 5 } },
      expect = { value = 3.5, n = 2 } },
    { name = "one item of three is less than half", rows = { { align_3 = 6 } }, expect = { status = "insufficient" } },
    { name = "exactly all, where all are asked for", preset = "strict",
      rows = { { align_1 = 4, align_2 = 4, align_3 = 4 }, { align_1 = 1, align_2 = 1 } },
      expect = { value = 4, n = 1 } },
    { name = "don't know is no answer",
      rows = { { align_1 = 3, align_2 = 4, align_3 = missing("not_applicable") } }, expect = { value = 3.5, n = 1 } },
  },
}
