-- Why answers are missing, kind by kind. Skipped and not applicable: of the questions that were put to these people. Not
-- asked: of all questions in the files, since the codebook asks each role its own. Not loaded: of all questions there are.
-- No interval is claimed: one person's blanks come together.
local items = {
  "hub_1", "hub_2", "hub_3", "hub_4", "aim_1", "aim_2", "role_1", "role_2", "role_3", "ci_1", "ci_2", "ci_3", "ci_4",
  "safety_1", "safety_2", "safety_3", "safety_4", "trust_1", "trust_2", "trust_3", "identity_1", "identity_2",
  "norms_1", "norms_2", "norms_3", "align_1", "align_2", "align_3", "sustain_1", "sustain_2",
  "data_use_1", "data_use_2",
}

-- For each row how many of its items are missing for this reason.
local function missing_items(g, kind)
  local count = 0
  for _, item in ipairs(items) do count = count + g:column(item):missing(kind) end
  return count
end

return measure {
  id = "dq.item_missing", version = "2.0.0",
  title = "Missing answers by kind", question = "Were questions left blank, not applicable, not asked, or not in the file?",
  domain = "quality", type = "quality", direction = "lower", unit = "proportion",
  source = "Own definition (the four kinds of missing kept apart)",
  from = "survey", columns = items,
  by = { {}, { "network" }, { "role" } }, every = "wave",
  value = function(g, p)
    local not_loaded, not_asked = missing_items(g, "not_loaded"), missing_items(g, "not_asked")
    local loaded = #items - not_loaded
    local asked = loaded - not_asked
    return {
      skipped = ratio(missing_items(g, "skipped"):sum(), asked:sum()),
      not_applicable = ratio(missing_items(g, "not_applicable"):sum(), asked:sum()),
      not_asked = ratio(not_asked:sum(), loaded:sum()),
      not_loaded = ratio(not_loaded:sum(), (loaded + not_loaded):sum()),
    }
  end,
  tests = {
    { name = "31 of 32 were left blank", rows = { { hub_1 = 3 } },
      expect = { parts = { skipped = { value = 31 / 32, n = 1 }, not_applicable = 0, not_asked = 0, not_loaded = 0 } } },
    { name = "each kind has its own denominator",
      rows = {
        { hub_1 = missing("not_asked"), hub_2 = missing("not_loaded"), hub_3 = missing("not_applicable"), hub_4 = 3 },
      },
      expect = { parts = { skipped = 28 / 30, not_applicable = 1 / 30, not_asked = 1 / 31, not_loaded = 1 / 32 } } },
    { name = "people with more questions count for more",
      rows = { { hub_1 = 6, hub_2 = 6, hub_3 = 6, hub_4 = 6, role_1 = 6, role_2 = 6 }, {} },
      expect = { parts = { skipped = { value = 58 / 64, n = 2 } } } },
  },
}
