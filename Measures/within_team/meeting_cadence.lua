-- How often teams meet: the median of days from one meeting of a team to its next, within the school year. Left out:
-- meetings without a team or a date (any kind of missing); a team's first meeting of the year has none before it.
return measure {
  id = "team.meeting_cadence", version = "1.0.0",
  title = "Days between meetings", question = "How long does a team wait until it meets again?",
  domain = "within_team", type = "process", direction = "lower", unit = "days",
  source = "Own definition",
  from = "meetings", columns = { "team", "date" },
  by = { {}, { "network" }, { "district" }, { "school" }, { "team" } }, every = "school_year",
  value = function(g, p)
    return g.date:gaps("team"):median()
  end,
  tests = {
    { name = "the median over all teams; whoever meets first, and in whatever order the rows are",
      rows = {
        { team = "a", date = "2025-10-15" }, { team = "a", date = "2025-10-01" }, { team = "b", date = "2025-10-02" },
        { team = "a", date = "2025-10-08" }, { team = "b", date = "2025-10-23" },
      },
      expect = { value = 7, n = 3 } },
    { name = "two meetings on one day are 0 days apart",
      rows = { { team = "a", date = "2025-10-01" }, { team = "a", date = "2025-10-01" } },
      expect = { value = 0, n = 1 } },
    { name = "a meeting without a date or a team is left out",
      rows = {
        { team = "a", date = "2025-10-01" }, { team = "a" }, { date = "2025-10-05" },
        { team = "a", date = "2025-10-11" },
      },
      expect = { value = 10, n = 1 } },
    { name = "one meeting has no next",
      rows = { { team = "a", date = "2025-10-01" } }, expect = { status = "insufficient" } },
  },
}
