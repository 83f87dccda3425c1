-- Who stays: people on the roster in the preceding wave whose entry had not ended when this wave began. The survey
-- only tells the waves. Who was entered anew between them counts as gone. Left out: loads without ends (not loaded).
return measure {
  id = "eng.retention", version = "1.0.0",
  title = "Retention", question = "How many of those who belonged to the network a wave ago still do?",
  domain = "roles", type = "driver", direction = "higher", unit = "proportion",
  source = "Own definition",
  from = "survey", with = { "roster" }, columns = {},
  by = { {}, { "network" }, { "district" }, { "role" } }, every = "wave",
  value = function(g, p)
    local before = g:previous()
    if before == nil then return insufficient("nobody answered in the wave before, so there is nothing to compare") end
    local roster = before.with.roster
    -- A blank end means that the entry still holds; a load without that column does not say.
    local members = roster:where(~roster["end"]:missing("not_loaded"))
    local stays = members["end"]:missing() | members["end"]:at_least(days(g.period.start))
    return proportion(members:where(stays).person:distinct(), members.person:distinct())
  end,
  tests = {
    { name = "an entry that ends on the wave's first day has stayed, one that ended the day before has not",
      period = { label = "2025-spring", start = "2025-02-01", stop = "2025-06-01" },
      data = {
        survey = { {} },
        roster = {
          { person = "a", start = "2024-08-01" },
          { person = "b", start = "2024-08-01", ["end"] = "2025-02-01" },
          { person = "c", start = "2024-08-01", ["end"] = "2025-01-31" },
          { person = "d", start = "2024-08-01", ["end"] = "2025-08-01" },
        },
      },
      previous = { {} }, expect = { value = 0.75, n = 4 } },
    { name = "a person with two entries counts once",
      period = { label = "2025-spring", start = "2025-02-01", stop = "2025-06-01" },
      data = {
        survey = { {} },
        roster = {
          { person = "a", start = "2024-08-01" }, { person = "a", start = "2024-08-01", ["end"] = "2025-01-31" },
        },
      },
      previous = { {} }, expect = { value = 1, n = 1 } },
    { name = "the first wave has nothing to compare with",
      data = { survey = { {} }, roster = { { person = "a", start = "2024-08-01" } } },
      expect = { status = "insufficient" } },
    { name = "a load without ends does not say who stayed",
      period = { label = "2025-spring", start = "2025-02-01", stop = "2025-06-01" },
      data = {
        survey = { {} }, roster = { { person = "a", start = "2024-08-01", ["end"] = missing("not_loaded") } },
      },
      previous = { {} }, expect = { status = "insufficient" } },
  },
}
