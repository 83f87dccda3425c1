-- Whether looking at evidence is the normal way to work: the mean of person means over the norms items.
-- Network culture is one of the domains of the Network Health survey; the items are the network's own.
local items = { "norms_1", "norms_2", "norms_3" }

return measure {
  id = "cul.evidence_norms", version = "1.0.0",
  title = "Norms of evidence", question = "Is it normal in the network to ask what the evidence says?",
  domain = "culture", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, domain network culture; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" } },
  presets = { strict = { answered = 1 } },
  value = function(g, p)
    return g:scale(items, { answered = p.answered }):mean()
  end,
  tests = {
    { name = "the mean of person means",
      rows = { { norms_1 = 3, norms_2 = 4, norms_3 = 5 }, { norms_1 = 6, norms_3 = 6 } },
      expect = { value = 5, n = 2 } },
    { name = "exactly the share that is asked for is enough", params = { answered = 1 / 3 }, rows = { { norms_2 = 2 } },
      expect = { value = 2, n = 1 } },
    { name = "too few answers give no score", rows = { { norms_2 = 2 } }, expect = { status = "insufficient" } },
    { name = "an item that was not asked is no answer",
      rows = { { norms_1 = 5, norms_2 = missing("not_asked"), norms_3 = missing("not_asked") } },
      expect = { status = "insufficient" } },
  },
}
