-- How long it takes from the first test to use by many: the median of days by Kaplan and Meier's method, which lets adoptions
-- that are not there yet count for as long as they have been watched. An adoption is watched until many use it, until it is
-- ended, or until today; adoptions without a first day, and loads that lack the day of use by many, are left out.
return measure {
  id = "spr.t_to_many", version = "1.0.0",
  title = "Days from the first test to many", question = "How long does a change take to spread within a team's reach?",
  domain = "spread", type = "process", direction = "lower", unit = "days",
  source = "Kaplan and Meier 1958; ramp of tests (one, few, many) of the Model for Improvement",
  from = "adoption", columns = { "adopted", "many_since", "ended" },
  by = { {}, { "network" }, { "change_idea" } }, every = "all",
  value = function(g, p)
    local told = g:where(~g.many_since:missing("not_loaded"))
    -- Blank ends mean that a use goes on; what was ended after today is not ended yet.
    local watched_until = told.many_since:fill(told.ended):fill(days(g.as_of))
    return (watched_until - told.adopted):median_survival(told.many_since:valid())
  end,
  tests = {
    { name = "all came to many: the middle one", as_of = "2026-06-30",
      rows = {
        { adopted = "2026-01-01", many_since = "2026-01-11" }, { adopted = "2026-01-01", many_since = "2026-01-31" },
        { adopted = "2026-01-01", many_since = "2026-03-02" },
      },
      expect = { value = 30, n = 3 } },
    { name = "one that was given up before, and one that goes on, count for their time", as_of = "2026-06-30",
      rows = {
        { adopted = "2026-01-01", ended = "2026-01-06" }, { adopted = "2026-01-01", many_since = "2026-01-11" },
        { adopted = "2026-01-01", many_since = "2026-01-31" }, { adopted = "2026-06-10" },
      },
      expect = { value = 30, n = 4 } },
    { name = "nobody has come to many yet", as_of = "2026-06-30", rows = { { adopted = "2026-01-01" }, { adopted = "2026-02-01" } },
      expect = { status = "insufficient" } },
    { name = "a load without the day of many does not say", as_of = "2026-06-30",
      rows = { { adopted = "2026-01-01", many_since = missing("not_loaded") } }, expect = { status = "insufficient" } },
  },
}
