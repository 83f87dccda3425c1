-- The core of the network: people who came to nearly all events they were invited to in the school year, of the roster.
-- Left out: invitations without a record (any kind of missing), guests whom the roster does not list.
return measure {
  id = "eng.core_member_share", version = "1.0.0",
  title = "Core members", question = "How many of the people on the roster come to nearly everything?",
  domain = "roles", type = "process", direction = "higher", unit = "proportion",
  source = "Own definition",
  from = "events", with = { "roster" }, columns = { "person", "attended" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  params = {
    share = { default = 0.75, min = 0, max = 1, about = "share of a person's invitations that must be followed" },
    least = { default = 2, min = 1, max = 100, about = "invitations with a record a person must have to be core" },
  },
  presets = { always = { share = 1 } },
  value = function(g, p)
    local followed = g.attended:per("person", { least = p.least })
    local core = g:where(followed:at_least(p.share))
    local roster = g.with.roster
    return proportion(roster:where(roster.person:isin(core.person)).person:distinct(), roster.person:distinct())
  end,
  tests = {
    { name = "exactly three of four events is core, two of four is not",
      data = {
        events = {
          { person = "a", attended = true }, { person = "a", attended = true }, { person = "a", attended = true },
          { person = "a", attended = false }, { person = "b", attended = true }, { person = "b", attended = true },
          { person = "b", attended = false }, { person = "b", attended = false },
        },
        roster = { { person = "a" }, { person = "b" }, { person = "c" }, { person = "d" } },
      },
      expect = { value = 0.25, n = 4 } },
    { name = "an invitation without a record says nothing of the person",
      data = {
        events = { { person = "a", attended = true }, { person = "a", attended = true }, { person = "a" } },
        roster = { { person = "a" } },
      },
      expect = { value = 1, n = 1 } },
    { name = "who was invited once is not core",
      data = { events = { { person = "a", attended = true } }, roster = { { person = "a" } } },
      expect = { value = 0, n = 1 } },
    { name = "guests who are not on the roster do not count",
      data = {
        events = {
          { person = "x", attended = true }, { person = "x", attended = true } }, roster = { { person = "a" },
        },
      },
      expect = { value = 0, n = 1 } },
    { name = "always: three of four is not enough", preset = "always",
      data = {
        events = {
          { person = "a", attended = true }, { person = "a", attended = true }, { person = "a", attended = true },
          { person = "a", attended = false },
        },
        roster = { { person = "a" } },
      },
      expect = { value = 0 } },
  },
}
