-- Can answers be placed? Rows of the survey whose person is on the roster of the wave, of all its rows. Mistyped ids, people
-- who left, and rows without an id all lower it; a load without ids (not_loaded) says nothing and is left out.
return measure {
  id = "dq.id_match", version = "1.0.0",
  title = "Rows that match the roster", question = "How many answers belong to somebody whom we know?",
  domain = "quality", type = "quality", direction = "higher", unit = "proportion",
  source = "Network Health survey (Carnegie): many-to-many rosters and de-duplication of respondents; own definition",
  from = "survey", with = { "roster" }, columns = { "respondent" },
  by = { {}, { "network" }, { "district" } }, every = "wave",
  value = function(g, p)
    local told = g:where(~g.respondent:missing("not_loaded"))
    return told:join("roster", { person = "respondent" }, { listed = "person" }).listed:valid():share()
  end,
  tests = {
    { name = "a known id, a mistyped one and none",
      data = { survey = { { respondent = "a" }, { respondent = "ax" }, {} }, roster = { { person = "a" } } },
      expect = { value = 1 / 3, n = 3 } },
    { name = "two answers of one person are two rows",
      data = { survey = { { respondent = "a" }, { respondent = "a" } }, roster = { { person = "a" } } },
      expect = { value = 1, n = 2 } },
    { name = "a load without ids is left out",
      data = {
        survey = { { respondent = "a" }, { respondent = missing("not_loaded") } }, roster = { { person = "a" } },
      },
      expect = { value = 1, n = 1 } },
    { name = "a roster of nobody", data = { survey = { { respondent = "a" } }, roster = { {} } },
      expect = { value = 0, n = 1 } },
  },
}
