-- Who comes when invited: invitations to convenings and workshops that were followed, of those with a record.
-- One row is one invitation of one person. Left out: invitations without a record, for whatever reason it is missing.
return measure {
  id = "eng.attendance_rate", version = "1.0.0",
  title = "Attendance", question = "Which share of invitations to network events is followed?",
  domain = "roles", type = "process", direction = "higher", unit = "proportion",
  source = "Own definition (attended of invited)",
  from = "events", columns = { "attended" },
  by = { {}, { "network" }, { "district" }, { "school" }, { "role" } }, every = "quarter",
  value = function(g, p)
    return g.attended:share()
  end,
  tests = {
    { name = "8 of 10, with Wilson's interval",
      rows = {
        { attended = true }, { attended = true }, { attended = true }, { attended = true }, { attended = true },
        { attended = true }, { attended = true }, { attended = true }, { attended = false }, { attended = false },
      },
      expect = { value = 0.8, n = 10, low = 0.490162, high = 0.943318 }, within = 1e-6 },
    { name = "an invitation without a record is not an absence", rows = { { attended = true }, {} },
      expect = { value = 1, n = 1 } },
    { name = "nobody came", rows = { { attended = false } }, expect = { value = 0, n = 1 } },
    { name = "nothing was recorded", rows = { {}, { attended = missing("not_loaded") } },
      expect = { status = "insufficient" } },
  },
}
