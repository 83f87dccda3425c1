-- Who answered: people on the roster with an answer in the wave, of all people on the roster.
-- The Network Health portal sets a threshold for each network, 5Essentials asks for half of the teachers: `response` in
-- plumbline.yaml says yours, and every number of the survey below it is flagged.
-- Answers without an id, and from people who are not on the roster, do not count; what an answer leaves blank does not matter.
return measure {
  id = "dq.response_rate", version = "1.0.0",
  title = "Response rate", question = "How many of those who could answer the survey did?",
  domain = "quality", type = "quality", direction = "higher", unit = "proportion",
  source = "Network Health survey (Carnegie) and 5Essentials, response rates",
  from = "survey", with = { "roster" }, columns = { "respondent" },
  by = { {}, { "network" }, { "district" }, { "school" }, { "role" } }, every = "wave",
  value = function(g, p)
    local answers = g:join("roster", { person = "respondent" }, { listed = "person" })
    local answered = answers.listed:distinct()
    local eligible = g.with.roster.person:distinct()
    -- In a small group survey and roster may disagree on who belongs to it.
    if answered.value > eligible.value then
      return insufficient("more people answered than the roster lists here: is it out of date?")
    end
    return proportion(answered, eligible)
  end,
  tests = {
    { name = "two of four; a person who answered twice counts once",
      data = {
        survey = { { respondent = "a" }, { respondent = "b" }, { respondent = "b" } },
        roster = { { person = "a" }, { person = "b" }, { person = "c" }, { person = "d" } },
      },
      expect = { value = 0.5, n = 4 } },
    { name = "an answer from somebody who is not on the roster does not count",
      data = {
        survey = { { respondent = "a" }, { respondent = "x" } }, roster = { { person = "a" }, { person = "b" } },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "everybody", data = { survey = { { respondent = "a" } }, roster = { { person = "a" } } },
      expect = { value = 1, n = 1 } },
    { name = "an answer without a name cannot be placed",
      data = { survey = { { respondent = "a" }, {} }, roster = { { person = "a" }, { person = "b" } } },
      expect = { value = 0.5, n = 2 } },
    { name = "a roster without anybody",
      data = { survey = { { respondent = "a" } }, roster = { { person = missing("skipped") } } },
      expect = { status = "insufficient" } },
  },
}
