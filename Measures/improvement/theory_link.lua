-- Cycles that test the network's theory: those that name a driver which its driver diagram has.
-- A blank driver is no link. Left out: loads without drivers of cycles (not loaded), which do not say.
return measure {
  id = "ci.theory_link", version = "1.0.0",
  title = "Cycles linked to a driver", question = "How many cycles test a driver of the network's theory?",
  domain = "improvement", type = "process", direction = "higher", unit = "proportion",
  source = "Open Way Learning, driver diagrams",
  from = "pdsa", with = { "drivers" }, columns = { "network", "driver" },
  by = { {}, { "network" } }, every = "school_year",
  value = function(g, p)
    local same_driver = { network = "network", driver = "driver" }
    local cycles = g:join("drivers", same_driver, { title = "title" })
    local told = cycles:where(~cycles.driver:missing("not_loaded"))
    return told.title:valid():share()
  end,
  tests = {
    { name = "a driver of the diagram, none, one that there is not, one of another network",
      data = {
        pdsa = { { network = "N", driver = "P1" }, { network = "N" }, { network = "N", driver = "X9" },
          { network = "N", driver = "Q1" } },
        drivers = { { network = "N", driver = "P1", title = "Instruction" },
          { network = "M", driver = "Q1", title = "Belonging" } },
      },
      expect = { value = 0.25, n = 4 } },
    { name = "every cycle", data = { pdsa = { { network = "N", driver = "P1" } },
        drivers = { { network = "N", driver = "P1", title = "Instruction" } } },
      expect = { value = 1, n = 1 } },
    { name = "a load without drivers of cycles does not say",
      data = { pdsa = { { network = "N", driver = missing("not_loaded") } },
        drivers = { { network = "N", driver = "P1", title = "Instruction" } } },
      expect = { status = "insufficient" } },
  },
}
