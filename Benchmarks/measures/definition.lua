-- A definition of usual size, which is made anew for each group.
local function agreement(g, name)
  return g:column(name):at_least(5):share()
end

return measure {
  id = "bench.definition", version = "1.0.0",
  title = "Trust in the team", question = "Do members trust each other?",
  domain = "culture", type = "driver", direction = "higher", unit = "points", source = "made up",
  from = "survey", columns = { "trust_1", "trust_2", "trust_3" },
  by = { {}, { "role" }, { "school" } }, every = "wave",
  params = { answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" } },
  presets = { strict = { answered = 1 } },
  value = function(g, p)
    return { score = g:scale({ "trust_1", "trust_2", "trust_3" }, { answered = p.answered }):mean(),
             agree = agreement(g, "trust_1") }
  end,
  tests = {
    { name = "half answered counts", rows = { { trust_1 = 4, trust_2 = 5 } }, expect = { parts = { agree = 0 } } },
    { name = "nothing answered", rows = { {} }, expect = { status = "insufficient" } },
  },
}
