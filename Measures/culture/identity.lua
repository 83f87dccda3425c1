-- The share of people who feel they belong: those whose mean over the identity items is favourable.
-- Network culture is one of the domains of the Network Health survey; the items are the network's own.
local items = { "identity_1", "identity_2" }

return measure {
  id = "cul.identity", version = "1.0.0",
  title = "Belonging", question = "How many members feel that they belong to the network?",
  domain = "culture", type = "driver", direction = "higher", unit = "proportion",
  source = "Network Health survey, domain network culture; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = {
    answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" },
    favourable = { default = 5, min = 1, max = 6, about = "the least mean that counts as favourable" },
  },
  presets = { lenient = { favourable = 4 }, strict = { favourable = 6, answered = 1 } },
  value = function(g, p)
    return g:scale(items, { answered = p.answered }):at_least(p.favourable):share()
  end,
  tests = {
    { name = "a mean of exactly 5 is favourable, 4.5 is not",
      rows = { { identity_1 = 4, identity_2 = 6 }, { identity_1 = 4, identity_2 = 5 } },
      expect = { value = 0.5, n = 2 } },
    { name = "one item of two is half and counts", rows = { { identity_1 = 5 } }, expect = { value = 1, n = 1 } },
    { name = "who answered neither item is not counted as unfavourable",
      rows = { { identity_1 = 6, identity_2 = 6 }, {} }, expect = { value = 1, n = 1 } },
    { name = "don't know is not unfavourable either",
      rows = { { identity_1 = 2, identity_2 = 2 }, { identity_1 = missing("not_applicable") } },
      expect = { value = 0, n = 1 } },
    { name = "lenient: 4 is enough", preset = "lenient", rows = { { identity_1 = 4, identity_2 = 4 } },
      expect = { value = 1 } },
  },
}
