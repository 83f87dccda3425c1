-- What the program changed: the rise of the on-track share in treated schools from their first day in it, less the rise in
-- the schools they are compared with (difference in differences). Rows are weeks of student groups in schools; errors hang
-- together within a school. It assumes that both kinds of schools would have gone the same way without the program.
-- Schools without an arm or a first day, and weeks in which a count is missing, for whatever reason, are left out.
return measure {
  id = "imp.did", version = "1.0.0",
  title = "Effect on students on track (difference in differences)",
  question = "Did treated schools gain more than the schools they are compared with?",
  domain = "impact", type = "outcome", direction = "higher", unit = "proportion",
  source = "Difference in differences with errors clustered by school (CR1); comparison schools as in the NSI impact study",
  from = "outcomes", with = { "sites" }, columns = { "school", "week_start", "on_track", "enrolled" },
  by = { {}, { "network" }, { "district" } }, every = "all",
  value = function(g, p)
    local rows = g:join("sites", { school = "school" }, { "arm", "program_start" })
    rows = rows:where(rows.arm:isin{ "treated", "comparison" } & rows.enrolled:above(0))
    return rows:did(rows.on_track / rows.enrolled, {
      treated = rows.arm:is("treated"),
      post = (rows.week_start - rows.program_start):at_least(0),
      cluster = "school",
    })
  end,
  tests = {
    { name = "treated schools gained 0.2, the others 0.1; the first day belongs to the time after",
      data = {
        outcomes = {
          { school = "T1", week_start = "2025-08-25", on_track = 5, enrolled = 10 },
          { school = "T1", week_start = "2025-09-01", on_track = 7, enrolled = 10 },
          { school = "T2", week_start = "2025-08-25", on_track = 6, enrolled = 10 },
          { school = "T2", week_start = "2025-09-01", on_track = 8, enrolled = 10 },
          { school = "C1", week_start = "2025-08-25", on_track = 5, enrolled = 10 },
          { school = "C1", week_start = "2025-09-01", on_track = 6, enrolled = 10 },
          { school = "C2", week_start = "2025-08-25", on_track = 7, enrolled = 10 },
          { school = "C2", week_start = "2025-09-01", on_track = 8, enrolled = 10 },
          { school = "C2", week_start = "2025-09-08", enrolled = 10 },
          { school = "X", week_start = "2025-09-01", on_track = 0, enrolled = 10 },
        },
        sites = {
          { school = "T1", arm = "treated", program_start = "2025-09-01" },
          { school = "T2", arm = "treated", program_start = "2025-09-01" },
          { school = "C1", arm = "comparison", program_start = "2025-09-01" },
          { school = "C2", arm = "comparison", program_start = "2025-09-01" },
          { school = "X", program_start = "2025-09-01" },
        },
      },
      expect = { value = 0.1, n = 8 } },
    { name = "without a time before there is nothing to compare",
      data = {
        outcomes = {
          { school = "T1", week_start = "2025-09-01", on_track = 7, enrolled = 10 },
          { school = "C1", week_start = "2025-09-01", on_track = 6, enrolled = 10 },
        },
        sites = {
          { school = "T1", arm = "treated", program_start = "2025-09-01" },
          { school = "C1", arm = "comparison", program_start = "2025-09-01" },
        },
      },
      expect = { status = "insufficient" } },
    { name = "sites that do not say when the program began",
      data = {
        outcomes = { { school = "C1", week_start = "2025-09-01", on_track = 6, enrolled = 10 } },
        sites = { { school = "C1", arm = "comparison", program_start = missing("not_loaded") } },
      },
      expect = { status = "insufficient" } },
  },
}
