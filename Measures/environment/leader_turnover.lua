-- How often leaders leave: leaders' entries on the roster that ended in the school year, of all that held in it.
-- The survey only tells the school years. An end that is on record already counts, though its day may lie ahead.
-- Left out: people without a role, and loads without ends (not loaded), which do not say who left.
return measure {
  id = "env.leader_turnover", version = "1.0.0",
  title = "Leader turnover", question = "How many leaders leave their post in a school year?",
  domain = "environment", type = "driver", direction = "lower", unit = "proportion",
  source = "Own definition (leadership stability in the institutional environment)",
  from = "survey", with = { "roster" }, columns = {},
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  value = function(g, p)
    local leaders = g.with.roster:where(g.with.roster.role:is("leader"))
    -- A blank end means that the entry still holds; a load without that column does not say.
    local told = leaders:where(~leaders["end"]:missing("not_loaded"))
    local in_year = told["end"]:between(days(g.period.start), days(g.period.stop) - 1)
    return (told["end"]:valid() & in_year):share()
  end,
  tests = {
    { name = "the first and the last day of the year are in it, the day after is not",
      period = { label = "2024-25", start = "2024-07-01", stop = "2025-07-01" },
      data = {
        survey = { {} },
        roster = {
          { person = "a", role = "leader", start = "2023-08-01", ["end"] = "2024-07-01" },
          { person = "b", role = "leader", start = "2023-08-01", ["end"] = "2025-06-30" },
          { person = "c", role = "leader", start = "2023-08-01", ["end"] = "2025-07-01" },
          { person = "d", role = "leader", start = "2023-08-01" },
        },
      },
      expect = { value = 0.5, n = 4 } },
    { name = "only leaders count",
      period = { label = "2024-25", start = "2024-07-01", stop = "2025-07-01" },
      data = {
        survey = { {} },
        roster = {
          { person = "a", role = "teacher", start = "2023-08-01", ["end"] = "2024-12-01" },
          { person = "b", role = "leader", start = "2023-08-01" },
          { person = "c", start = "2023-08-01", ["end"] = "2024-12-01" },
        },
      },
      expect = { value = 0, n = 1 } },
    { name = "no leader on the roster",
      period = { label = "2024-25", start = "2024-07-01", stop = "2025-07-01" },
      data = { survey = { {} }, roster = { { person = "a", role = "teacher", ["end"] = "2024-12-01" } } },
      expect = { status = "insufficient" } },
    { name = "a load without ends does not say who left",
      period = { label = "2024-25", start = "2024-07-01", stop = "2025-07-01" },
      data = { survey = { {} }, roster = { { person = "a", role = "leader", ["end"] = missing("not_loaded") } } },
      expect = { status = "insufficient" } },
  },
}
