-- Where projects stand: the median of IHI's progress scores (0.5 intent to participate ... 5 outstanding sustainable
-- results) in the newest list of the quarter, and the share of scores that nobody has looked at for a long time. Scores are
-- moved by hand and go stale, so neither number should be read without the other.
-- Projects without a score or without a date, for whatever reason, are left out of the number that needs it.
return measure {
  id = "spr.progress_score", version = "1.0.0",
  title = "Project progress", question = "How far have projects come, and do we still look?",
  domain = "spread", type = "process", direction = "higher", unit = "points",
  source = "IHI project progress scores; staleness after CNWL on Life QI",
  from = "projects", columns = { "listed", "score", "scored" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  params = { stale_days = { default = 90, min = 1, max = 1000, about = "a score that was looked at longer ago is stale" } },
  value = function(g, p)
    local newest = g:where(g.listed:is(g.listed:max().value))
    return {
      score = newest:where(newest.score:between(0.5, 5)).score:median(),
      stale = (newest.listed - newest.scored):above(p.stale_days):share(),
    }
  end,
  tests = {
    { name = "ninety days are not stale, ninety-one are",
      rows = {
        { listed = "2026-03-31", score = 2, scored = "2025-12-31" },
        { listed = "2026-03-31", score = 3, scored = "2025-12-30" },
      },
      expect = { parts = { score = { value = 2.5, n = 2 }, stale = { value = 0.5, n = 2 } } } },
    { name = "only the newest list counts",
      rows = {
        { listed = "2026-02-28", score = 0.5, scored = "2026-02-01" },
        { listed = "2026-03-31", score = 1.5, scored = "2026-03-01" },
      },
      expect = { parts = { score = { value = 1.5, n = 1 }, stale = 0 } } },
    { name = "scores off IHI's scale and blanks are left out of the median",
      rows = {
        { listed = "2026-03-31", score = 5, scored = "2026-03-01" }, { listed = "2026-03-31", scored = "2026-03-01" },
        { listed = "2026-03-31", score = 0, scored = "2026-03-01" },
      },
      expect = { parts = { score = { value = 5, n = 1 }, stale = { value = 0, n = 3 } } } },
    { name = "a load without dates of scores cannot tell what is stale",
      rows = { { listed = "2026-03-31", score = 2, scored = missing("not_loaded") } },
      expect = { parts = { score = 2, stale = { status = "insufficient" } } } },
  },
}
