-- How far adoptions have come: the share of them at each stage (one, few, many, standard practice), of those begun in the
-- school year whose stage is known. Adoptions without a stage, for whatever reason, are left out.
-- One, few, many is the ramp of tests in the Model for Improvement.
local stages = { "one", "few", "many", "standard" }

return measure {
  id = "spr.stage_mix", version = "1.0.0",
  title = "Stages of adoption", question = "Are change ideas still being tried by one or used by many?",
  domain = "spread", type = "process", unit = "proportion",
  source = "Model for Improvement, ramps of tests (Vermont toolkit, IHI Open School); a mix has no better direction",
  from = "adoption", columns = { "stage" },
  by = { {}, { "network" }, { "change_idea" } }, every = "school_year",
  value = function(g, p)
    local known = g:where(g.stage:isin(stages))
    local parts = {}
    for _, stage in ipairs(stages) do parts[stage] = known.stage:is(stage):share() end
    return parts
  end,
  tests = {
    { name = "two of four are at many", rows = { { stage = "many" }, { stage = "one" }, { stage = "many" }, { stage = "few" } },
      expect = { parts = { many = { value = 0.5, n = 4 }, one = 0.25, few = 0.25, standard = 0 } } },
    { name = "a blank, a load without stages and a word that is no stage are left out",
      rows = { { stage = "one" }, {}, { stage = missing("not_loaded") }, { stage = "all" } },
      expect = { parts = { one = { value = 1, n = 1 } } } },
    { name = "no stage is known", rows = { {} }, expect = { parts = { one = { status = "insufficient" } } } },
  },
}
