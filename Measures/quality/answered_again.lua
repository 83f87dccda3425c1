-- People who answered in the wave before and answered again, of all who answered then: how far two waves compare.
-- It follows people from wave to wave by their pseudonyms, so the hub lists it under `row_access`.
return measure {
  id = "dq.answered_again", version = "1.0.0",
  title = "Answered again", question = "How many of the people behind the last wave are behind this one too?",
  domain = "quality", type = "quality", direction = "higher", unit = "proportion",
  source = "Own definition (attrition of a panel)",
  from = "survey", columns = { "respondent" },
  by = { {}, { "network" }, { "district" } }, every = "wave",
  value = function(g, p)
    local before = g:previous()
    if before == nil then return insufficient("there is no wave before this one") end
    local answered_now = {}
    for _, person in ipairs(g.respondent:values()) do
      answered_now[person] = true
    end
    return before.respondent:map(function(person) return answered_now[person] == true end):share()
  end,
  tests = {
    { name = "one of two came back; who is new does not count",
      previous = { { respondent = "a" }, { respondent = "b" } }, rows = { { respondent = "a" }, { respondent = "c" } },
      expect = { value = 0.5, n = 2 } },
    { name = "nobody came back", previous = { { respondent = "a" } }, rows = { { respondent = "b" } },
      expect = { value = 0, n = 1 } },
    { name = "who gave no name cannot be found again", previous = { { respondent = "a" }, {} },
      rows = { { respondent = "a" }, {} }, expect = { value = 1, n = 1 } },
    { name = "the first wave", rows = { { respondent = "a" } }, expect = { status = "insufficient" } },
  },
}
