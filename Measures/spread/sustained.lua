-- What lasts: adoptions still in use a year after they began, of those that began at least a year ago.
-- Sustainability is one of the four dimensions of scale in Cannata et al. 2017.
return measure {
  id = "spr.sustained", version = "1.0.0",
  title = "Sustained adoptions", question = "How many adoptions last a year or longer?",
  domain = "spread", type = "process", direction = "higher", unit = "proportion",
  source = "After Cannata et al. 2017 (depth, spread, ownership, sustainability)",
  from = "adoption", columns = { "adopted", "ended" },
  by = { {}, { "network" }, { "district" }, { "change_idea" } }, every = "all",
  params = { days = { default = 365, min = 1, max = 3650, about = "days that an adoption must last" } },
  presets = { half_year = { days = 183 } },
  value = function(g, p)
    local old_enough = g:where(g.adopted:at_most(days(g.as_of) - p.days))
    -- A blank end means still in use; a load without ends does not say.
    local lasted = (old_enough.ended - old_enough.adopted):at_least(p.days)
    return (old_enough.ended:missing("skipped") | lasted):share()
  end,
  tests = {
    { name = "exactly a year is a year, a day less is not", as_of = "2026-06-30",
      rows = {
        { adopted = "2024-09-01", ended = "2025-09-01" }, { adopted = "2024-09-01", ended = "2025-08-31" },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "still in use",
      as_of = "2026-06-30", rows = { { adopted = "2025-06-30" } }, expect = { value = 1, n = 1 } },
    { name = "too young to judge, even if it has ended", as_of = "2026-06-30",
      rows = { { adopted = "2025-07-01" }, { adopted = "2026-01-01", ended = "2026-02-01" } },
      expect = { status = "insufficient" } },
    { name = "a load without ends does not say", as_of = "2026-06-30",
      rows = { { adopted = "2024-09-01", ended = missing("not_loaded") }, { adopted = "2024-09-01" } },
      expect = { value = 1, n = 1 } },
    { name = "half a year", preset = "half_year", as_of = "2026-06-30",
      rows = { { adopted = "2024-09-01", ended = "2025-03-03" } }, expect = { value = 1, n = 1 } },
  },
}
