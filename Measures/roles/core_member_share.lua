-- The core of the network: people who came to nearly all events they were invited to in the school year.
-- It adds up rows for each person, which columns cannot, so the hub lists it under `row_access`.
return measure {
  id = "eng.core_member_share", version = "1.0.0",
  title = "Core members", question = "How many of those invited come to nearly everything?",
  domain = "roles", type = "process", direction = "higher", unit = "proportion",
  source = "Own definition; of people invited, not of the roster",
  from = "events", columns = { "person", "attended" },
  by = { {}, { "network" }, { "district" } }, every = "school_year",
  params = {
    share = { default = 0.75, min = 0, max = 1, about = "share of a person's invitations that must be followed" },
    least = { default = 2, min = 1, max = 100, about = "invitations with a record a person must have to be judged" },
  },
  presets = { always = { share = 1 } },
  value = function(g, p)
    local invited, followed = {}, {}
    for r in g:rows() do
      -- An invitation without a record says nothing of the person.
      if r.person ~= nil and r.attended ~= nil then
        invited[r.person] = (invited[r.person] or 0) + 1
        if r.attended then followed[r.person] = (followed[r.person] or 0) + 1 end
      end
    end
    local people, core = 0, 0
    for person, events in pairs(invited) do
      if events >= p.least then
        people = people + 1
        -- The little bit less is for shares that the computer stores rounded.
        if (followed[person] or 0) >= p.share * events - 1e-9 then core = core + 1 end
      end
    end
    if people == 0 then return insufficient("nobody was invited often enough") end
    return core / people
  end,
  tests = {
    { name = "exactly three of four events is core, two of four is not",
      rows = {
        { person = "a", attended = true }, { person = "a", attended = true }, { person = "a", attended = true },
        { person = "a", attended = false }, { person = "b", attended = true }, { person = "b", attended = true },
        { person = "b", attended = false }, { person = "b", attended = false },
      },
      expect = { value = 0.5 } },
    { name = "an invitation without a record is left out",
      rows = {
        { person = "a", attended = true }, { person = "a", attended = true }, { person = "a" }, { person = "a" },
      },
      expect = { value = 1 } },
    { name = "who was invited once is not judged",
      rows = {
        { person = "a", attended = true }, { person = "b", attended = false }, { person = "b", attended = false },
      },
      expect = { value = 0 } },
    { name = "nobody to judge", rows = { { person = "a", attended = true } }, expect = { status = "insufficient" } },
    { name = "always: three of four is not enough", preset = "always",
      rows = {
        { person = "a", attended = true }, { person = "a", attended = true }, { person = "a", attended = true },
        { person = "a", attended = false },
      },
      expect = { value = 0 } },
  },
}
