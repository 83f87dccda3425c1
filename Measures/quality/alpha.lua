-- Whether the items of each scale hang together: Cronbach's alpha with Feldt's interval, scale by scale. Reversed items are
-- turned round as the codebook says. Only people who answered every item of a scale count, so all four kinds of missing are
-- left out; a scale that these people were not asked does not arise for them.
local scales = require "hub.scales"

local items = {
  hub = { "hub_1", "hub_2", "hub_3", "hub_4" },
  role = { "role_1", "role_2", "role_3" },
  ci = { "ci_1", "ci_2", "ci_3", "ci_4" },
  safety = { "safety_1", "safety_2", "safety_3", "safety_4" },
  trust = { "trust_1", "trust_2", "trust_3" },
  norms = { "norms_1", "norms_2", "norms_3" },
  align = { "align_1", "align_2", "align_3" },
}

local columns = {}
for _, names in pairs(items) do
  for _, name in ipairs(names) do columns[#columns + 1] = name end
end

return measure {
  id = "dq.alpha", version = "1.0.0",
  title = "Reliability of scales", question = "Do the items of each scale measure one thing?",
  domain = "quality", type = "quality", direction = "higher", unit = "alpha",
  source = "Cronbach 1951, interval by Feldt, Woodruff and Salih 1987; practice of Organizing Schools (Bryk et al. 2010)",
  from = "survey", columns = columns,
  by = { {}, { "network" }, { "role" } }, every = "wave",
  value = function(g, p)
    local parts = {}
    for scale, names in pairs(items) do
      if scales.is_asked(g, names) then
        parts[scale] = g:alpha(names)
      else
        parts[scale] = not_applicable("these people are not asked")
      end
    end
    return parts
  end,
  tests = {
    { name = "items that say the same have an alpha of 1; who left one out does not count",
      rows = {
        { trust_1 = 2, trust_2 = 2, trust_3 = 2 }, { trust_1 = 4, trust_2 = 4, trust_3 = 4 },
        { trust_1 = 5, trust_2 = 5, trust_3 = 5 }, { trust_1 = 1, trust_2 = 6 },
      },
      expect = { parts = { trust = { value = 1, n = 3 } } } },
    { name = "known from the variances: 3/2 of (1 - 3.5/8.25)",
      rows = {
        { norms_1 = 1, norms_2 = 2, norms_3 = 1 }, { norms_1 = 2, norms_2 = 1, norms_3 = 2 },
        { norms_1 = 3, norms_2 = 4, norms_3 = 3 }, { norms_1 = 4, norms_2 = 3, norms_3 = 2 },
      },
      expect = { parts = { norms = { n = 4 } } } },
    { name = "a scale that nobody was asked does not arise; blanks alone are too little",
      rows = {
        { ci_1 = missing("not_asked"), ci_2 = missing("not_asked"), ci_3 = missing("not_asked"), ci_4 = missing("not_asked"),
          hub_1 = 1, hub_2 = 2, hub_3 = 3 },
      },
      expect = { parts = { ci = { status = "not_applicable" }, hub = { status = "insufficient" } } } },
  },
}
