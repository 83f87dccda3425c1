-- The dose of coaching: hours of contact in the quarter, divided by the number of teams that had any.
-- Teams without a contact are not in it, so it says how much coached teams get, not how many are coached.
return measure {
  id = "hub.coach_dose", version = "1.0.0",
  title = "Coaching hours per team", question = "How many hours of coaching does a coached team get in a quarter?",
  domain = "hub", type = "process", direction = "higher", unit = "hours per coached team",
  source = "Own definition",
  from = "contacts", columns = { "team", "hours" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  value = function(g, p)
    -- A contact without hours, or with no team, can be put on neither side.
    local contacts = g:where(g.hours:valid() & g.team:valid())
    return ratio(contacts.hours:sum(), contacts.team:distinct())
  end,
  tests = {
    { name = "all hours by all teams that were coached",
      rows = { { team = "t1", hours = 2 }, { team = "t1", hours = 1.5 }, { team = "t2", hours = 0.5 } },
      expect = { value = 2, n = 3 } },
    { name = "a contact of 0 hours counts its team", rows = { { team = "t1", hours = 3 }, { team = "t2", hours = 0 } },
      expect = { value = 1.5 } },
    { name = "a contact without hours does not", rows = { { team = "t1", hours = 3 }, { team = "t2" } },
      expect = { value = 3, n = 1 } },
    { name = "hours without a team are left out", rows = { { team = "t1", hours = 3 }, { hours = 5 } },
      expect = { value = 3, n = 1 } },
    { name = "no hours at all", rows = { { team = "t1" } }, expect = { status = "insufficient" } },
  },
}
