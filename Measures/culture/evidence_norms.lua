-- Whether looking at evidence is the normal way to work: the mean of person means over the norms items.
-- The items are the network's own. Left out: blanks, "does not apply", not asked, not loaded.
local scales = require "hub.scales"
local items = { "norms_1", "norms_2", "norms_3" }

return measure {
  id = "cul.evidence_norms", version = "1.0.0",
  title = "Norms of evidence", question = "Is it normal in the network to ask what the evidence says?",
  domain = "culture", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, domain network culture; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    return scales.mean(g, items, p)
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
