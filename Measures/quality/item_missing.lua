-- Questions that were asked and left blank, of all that were asked. "Don't know" is an answer here, not a blank.
-- No interval is claimed: one person's blanks come together.
local items = {
  "hub_1", "hub_2", "hub_3", "hub_4", "role_1", "role_2", "role_3", "ci_1", "ci_2", "ci_3", "ci_4",
  "safety_1", "safety_2", "safety_3", "safety_4", "trust_1", "trust_2", "trust_3", "identity_1", "identity_2",
  "norms_1", "norms_2", "norms_3", "align_1", "align_2", "align_3", "sustain_1", "sustain_2",
  "data_use_1", "data_use_2",
}

return measure {
  id = "dq.item_missing", version = "1.0.0",
  title = "Skipped items", question = "Which share of the questions that were asked was left blank?",
  domain = "quality", type = "quality", direction = "lower", unit = "proportion",
  source = "Own definition (not asked, skipped and not applicable kept apart)",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "role" } }, every = "wave",
  value = function(g, p)
    local skipped, asked = 0, 0
    for _, item in ipairs(items) do
      local answers = g:column(item)
      skipped = skipped + answers:missing("skipped")
      asked = asked + ~(answers:missing("not_asked") | answers:missing("not_loaded"))
    end
    return ratio(skipped:sum(), asked:sum())
  end,
  tests = {
    { name = "29 of 30 were left blank", rows = { { hub_1 = 3 } }, expect = { value = 29 / 30, n = 1 } },
    { name = "what was not asked is no blank, and what was not loaded is none",
      rows = { { hub_1 = missing("not_asked"), hub_2 = missing("not_loaded"), hub_3 = 3, hub_4 = 3 } },
      expect = { value = 26 / 28, n = 1 } },
    { name = "don't know is an answer", rows = { { hub_1 = missing("not_applicable"), hub_2 = 3, hub_3 = 3 } },
      expect = { value = 27 / 30, n = 1 } },
    { name = "people with more questions count for more",
      rows = { { hub_1 = 6, hub_2 = 6, hub_3 = 6, hub_4 = 6, role_1 = 6, role_2 = 6 }, {} },
      expect = { value = 54 / 60, n = 2 } },
  },
}
