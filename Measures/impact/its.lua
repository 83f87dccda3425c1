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
  tests = {},
}
