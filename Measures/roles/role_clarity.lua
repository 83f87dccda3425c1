-- Whether people know their part: the mean of person means over the items on roles.
-- Left out: blanks, "does not apply", not asked, not loaded; who answered less than half of the items has no score.
local scales = require "hub.scales"
local items = { "role_1", "role_2", "role_3" }

return measure {
  id = "eng.role_clarity", version = "1.0.0",
  title = "Role clarity", question = "Do people know what is expected of them, and have the time for it?",
  domain = "roles", type = "driver", direction = "higher", unit = "points",
  source = "Network Health survey, domain structuring roles and engagement; own items",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  params = { answered = scales.answered }, presets = { strict = scales.strict },
  value = function(g, p)
    return scales.mean(g, items, p)
  end,
  tests = {
    { name = "people count alike, however many items they answered",
      rows = { { role_1 = 6, role_2 = 6, role_3 = 6 }, { role_1 = 2, role_2 = 3 } }, expect = { value = 4.25, n = 2 } },
    { name = "one item of three is less than half", rows = { { role_1 = 4 } }, expect = { status = "insufficient" } },
    { name = "don't know is no answer",
      rows = { { role_1 = missing("not_applicable"), role_2 = missing("not_applicable"), role_3 = 6 } },
      expect = { status = "insufficient" } },
    { name = "strict: a blank leaves the person out", preset = "strict",
      rows = { { role_1 = 4, role_2 = 5 }, { role_1 = 3, role_2 = 3, role_3 = 3 } }, expect = { value = 3, n = 1 } },
  },
}
