-- Whether the weekly share of students on track shows more than chance: the centre line of a p' chart (limits after Laney,
-- since weeks of the same students vary less or more than tosses of a coin), and for each rule set 1 if any of its rules
-- finds a signal, else 0. Rule sets disagree, so each is named; the page shows the chart itself.
-- Weeks in which one of the counts is missing, for whatever reason, are left out.
local rule_sets = { "anhoej", "ihi", "western_electric", "nelson" }

return measure {
  id = "out.run_signal", version = "1.0.0",
  title = "Signals in the share on track", question = "Has the share of students on track changed beyond chance?",
  domain = "outcome", type = "outcome", unit = "proportion",
  source = "Anhøj and Olesen 2014; Perla, Provost and Murray 2011 (IHI); Western Electric 1956; Nelson 1984; Laney 2002",
  from = "outcomes", columns = { "week_start", "on_track", "enrolled" },
  by = { {}, { "network" }, { "district" }, { "school" } }, every = "all",
  params = { least = { default = 10, min = 2, max = 100, about = "weeks that are enough to look for signals" } },
  value = function(g, p)
    local told = g:where(g.on_track:valid() & g.enrolled:valid())
    local chart = told.on_track:control_chart{ kind = "p_prime", of = "enrolled", subgroup = "week_start" }
    if (told.week_start:distinct().value or 0) < p.least then return insufficient("too few weeks for a chart") end
    local parts = { center = chart }
    for _, name in ipairs(rule_sets) do
      local has_signal = chart.rule_sets and chart.rule_sets[name]
      parts[name] = has_signal == nil and insufficient("the rules found nothing to judge") or has_signal and 1 or 0
    end
    return parts
  end,
  tests = {
    { name = "twelve weeks, the last six of them higher",
      rows = {
        { week_start = "2025-09-01", on_track = 50, enrolled = 100 },
        { week_start = "2025-09-08", on_track = 52, enrolled = 100 },
        { week_start = "2025-09-15", on_track = 51, enrolled = 100 },
        { week_start = "2025-09-22", on_track = 53, enrolled = 100 },
        { week_start = "2025-10-01", on_track = 50, enrolled = 100 },
        { week_start = "2025-10-08", on_track = 52, enrolled = 100 },
        { week_start = "2025-10-15", on_track = 71, enrolled = 100 },
        { week_start = "2025-10-22", on_track = 72, enrolled = 100 },
        { week_start = "2025-11-01", on_track = 73, enrolled = 100 },
        { week_start = "2025-11-08", on_track = 71, enrolled = 100 },
        { week_start = "2025-11-15", on_track = 72, enrolled = 100 },
        { week_start = "2025-11-22", on_track = 73, enrolled = 100 },
      },
      expect = { parts = { center = { value = 740 / 1200 }, ihi = 1, anhoej = 1 } } },
    { name = "ten weeks are enough; ups and downs are no signal",
      rows = {
        { week_start = "2025-09-01", on_track = 50, enrolled = 100 },
        { week_start = "2025-09-08", on_track = 54, enrolled = 100 },
        { week_start = "2025-09-15", on_track = 53, enrolled = 100 },
        { week_start = "2025-09-22", on_track = 49, enrolled = 100 },
        { week_start = "2025-10-01", on_track = 50, enrolled = 100 },
        { week_start = "2025-10-08", on_track = 55, enrolled = 100 },
        { week_start = "2025-10-15", on_track = 54, enrolled = 100 },
        { week_start = "2025-10-22", on_track = 50, enrolled = 100 },
        { week_start = "2025-11-01", on_track = 49, enrolled = 100 },
        { week_start = "2025-11-08", on_track = 53, enrolled = 100 },
      },
      expect = { parts = { anhoej = 0, ihi = 0, western_electric = 0, nelson = 0 } } },
    { name = "weeks are points, whatever the number of rows; fewer than enough say nothing",
      rows = {
        { week_start = "2025-09-01", on_track = 50, enrolled = 100 }, { week_start = "2025-09-01", on_track = 50, enrolled = 100 },
        { week_start = "2025-09-08", on_track = 50, enrolled = 100 },
      },
      expect = { status = "insufficient" } },
    { name = "nothing was counted", rows = { { week_start = "2025-09-01", on_track = missing("not_loaded"), enrolled = 100 } },
      expect = { status = "insufficient" } },
  },
}
