-- Answers that say "don't know" or "does not apply to me", of all answers. Many of them point at a question that does
-- not fit those who are asked. No interval is claimed: one person's answers come together.
local items = {
  "hub_1", "hub_2", "hub_3", "hub_4", "role_1", "role_2", "role_3", "ci_1", "ci_2", "ci_3", "ci_4",
  "safety_1", "safety_2", "safety_3", "safety_4", "trust_1", "trust_2", "trust_3", "identity_1", "identity_2",
  "norms_1", "norms_2", "norms_3", "align_1", "align_2", "align_3", "sustain_1", "sustain_2",
  "data_use_1", "data_use_2",
}

return measure {
  id = "dq.not_applicable", version = "1.0.0",
  title = "Don't know", question = "Which share of the answers is don't know or not applicable?",
  domain = "quality", type = "quality", direction = "lower", unit = "proportion",
  source = "Own definition (not asked, skipped and not applicable kept apart)",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "role" } }, every = "wave",
  value = function(g, p)
    local unknown, answers = 0, 0
    for _, item in ipairs(items) do
      local column = g:column(item)
      unknown = unknown + column:missing("not_applicable")
      answers = answers + (column:valid() | column:missing("not_applicable"))
    end
    return ratio(unknown:sum(), answers:sum())
  end,
  tests = {
    { name = "one of four answers", rows = { { hub_1 = missing("not_applicable"), hub_2 = 1, hub_3 = 6, hub_4 = 2 } },
      expect = { value = 0.25, n = 1 } },
    { name = "blanks, and what was not asked, are no answers",
      rows = {
        { hub_1 = missing("not_applicable"), hub_2 = 1, ci_1 = missing("not_asked"), ci_2 = missing("not_loaded") },
      },
      expect = { value = 0.5 } },
    { name = "none", rows = { { hub_1 = 3 } }, expect = { value = 0 } },
    { name = "no answers at all", rows = { {} }, expect = { status = "insufficient" } },
  },
}
