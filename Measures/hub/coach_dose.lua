-- The dose of coaching: the median over coached teams of the hours of contact that each had in the quarter. How many
-- teams are coached at all says hub.coach_reach. Left out: contacts without hours or without a team (any kind of
-- missing).
return measure {
  id = "hub.coach_dose", version = "1.0.0",
  title = "Coaching hours per team", question = "How many hours of coaching does a coached team get in a quarter?",
  domain = "hub", type = "process", direction = "higher", unit = "hours",
  source = "After RAND's evaluation of networks for school improvement (contacts of teams with the hub)",
  from = "contacts", columns = { "team", "hours" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  value = function(g, p)
    return g.hours:per("team", { give = "sum" }):median()
  end,
  tests = {
    { name = "the middle one of three teams; n counts teams",
      rows = {
        { team = "t1", hours = 2 }, { team = "t1", hours = 1.5 }, { team = "t2", hours = 0.5 },
        { team = "t3", hours = 9 },
      },
      expect = { value = 3.5, n = 3 } },
    { name = "a contact of 0 hours counts its team", rows = { { team = "t1", hours = 3 }, { team = "t2", hours = 0 } },
      expect = { value = 1.5, n = 2 } },
    { name = "a contact without hours does not", rows = { { team = "t1", hours = 3 }, { team = "t2" } },
      expect = { value = 3, n = 1 } },
    { name = "hours without a team are left out", rows = { { team = "t1", hours = 3 }, { hours = 5 } },
      expect = { value = 3, n = 1 } },
    { name = "no hours at all", rows = { { team = "t1" } }, expect = { status = "insufficient" } },
  },
}
