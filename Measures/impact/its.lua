-- What the common change did in a network: by how much the weekly on-track share jumped on the day of its launch (level), and
-- by how much its trend changed, in a year of weeks (slope); before and after are the weeks within a window. Each school has
-- a level of its own, and errors hang together within a school. Without schools to compare with, anything else that happened
-- at the time counts too.
-- Rows of schools without a day of launch, and weeks in which a count is missing, for whatever reason, are left out.
return measure {
  id = "imp.its", version = "1.0.0",
  title = "Change at the launch (interrupted time series)",
  question = "Did the share of students on track jump when the network launched its change?",
  domain = "impact", type = "outcome", direction = "higher", unit = "proportion",
  source = "Segmented regression, Wagner et al. 2002; school intercepts, errors clustered by school",
  from = "outcomes", with = { "sites" }, columns = { "school", "week_start", "on_track", "enrolled" },
  by = { {}, { "network" } }, every = "all",
  params = { weeks = { default = 36, min = 4, max = 520, about = "how many weeks before and after the launch count" } },
  value = function(g, p)
    local rows = g:join("sites", { school = "school" }, { "launched" })
    rows = rows:where((rows.week_start - rows.launched):between(-7 * p.weeks, 7 * p.weeks) & rows.enrolled:above(0))
    local years = (rows.week_start - rows.launched) / 364
    local after = (rows.week_start - rows.launched):at_least(0)
    local terms = { time = years, level = after, slope = years * after }
    local rate = rows.on_track / rows.enrolled
    local function effect(term)
      return rows:regression(rate, terms, { term = term, absorb = "school", cluster = "school" })
    end
    return { level = effect("level"), slope = effect("slope") }
  end,
  tests = {
    { name = "a jump of a tenth on the day of the launch, whatever the schools' levels, and no change of trend",
      data = {
        outcomes = {
          { school = "S1", week_start = "2024-09-10", on_track = 50, enrolled = 100 },
          { school = "S1", week_start = "2024-09-17", on_track = 50, enrolled = 100 },
          { school = "S1", week_start = "2024-09-24", on_track = 50, enrolled = 100 },
          { school = "S1", week_start = "2024-10-01", on_track = 60, enrolled = 100 },
          { school = "S1", week_start = "2024-10-08", on_track = 60, enrolled = 100 },
          { school = "S1", week_start = "2024-10-15", on_track = 60, enrolled = 100 },
          { school = "S2", week_start = "2024-09-10", on_track = 60, enrolled = 100 },
          { school = "S2", week_start = "2024-09-17", on_track = 60, enrolled = 100 },
          { school = "S2", week_start = "2024-09-24", on_track = 60, enrolled = 100 },
          { school = "S2", week_start = "2024-10-01", on_track = 70, enrolled = 100 },
          { school = "S2", week_start = "2024-10-08", on_track = 70, enrolled = 100 },
          { school = "S2", week_start = "2024-10-15", on_track = 70, enrolled = 100 },
          { school = "S3", week_start = "2024-09-10", on_track = 40, enrolled = 100 },
          { school = "S3", week_start = "2024-09-17", on_track = 40, enrolled = 100 },
          { school = "S3", week_start = "2024-09-24", on_track = 40, enrolled = 100 },
          { school = "S3", week_start = "2024-10-01", on_track = 50, enrolled = 100 },
          { school = "S3", week_start = "2024-10-08", on_track = 50, enrolled = 100 },
          { school = "S3", week_start = "2024-10-15", on_track = 50, enrolled = 100 },
          { school = "S3", week_start = "2024-10-22", enrolled = 100 },
          { school = "X", week_start = "2024-10-01", on_track = 0, enrolled = 100 },
        },
        sites = {
          { school = "S1", launched = "2024-10-01" }, { school = "S2", launched = "2024-10-01" },
          { school = "S3", launched = "2024-10-01" }, { school = "X" },
        },
      },
      expect = { parts = { level = { value = 0.1, n = 18 }, slope = 0 } } },
    { name = "what lies outside the window does not count", params = { weeks = 4 },
      data = {
        outcomes = { { school = "S1", week_start = "2024-11-05", on_track = 5, enrolled = 10 } },
        sites = { { school = "S1", launched = "2024-10-01" } },
      },
      expect = { parts = { level = { status = "insufficient" } } } },
    { name = "sites without a day of launch",
      data = {
        outcomes = { { school = "S1", week_start = "2024-10-01", on_track = 5, enrolled = 10 } },
        sites = { { school = "S1", launched = missing("not_loaded") } },
      },
      expect = { parts = { level = { status = "insufficient" } } } },
  },
}
