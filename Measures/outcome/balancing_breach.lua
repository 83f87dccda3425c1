-- Whether gains are bought elsewhere: readings of balancing measures that are past their limit, of all such readings.
-- Each balancing measure has its own limit, in the data; readings without one, and those with a count missing for whatever
-- reason, are left out. Exactly at the limit is no breach.
return measure {
  id = "out.balancing_breach", version = "1.0.0",
  title = "Balancing measures past their limit", question = "Does something get worse while outcomes get better?",
  domain = "outcome", type = "balancing", direction = "lower", unit = "proportion",
  source = "Model for Improvement (outcome, process and balancing measures)",
  from = "practical", columns = { "kind", "numerator", "denominator", "limit" },
  by = { {}, { "network" }, { "district" }, { "school" } }, every = "quarter",
  value = function(g, p)
    local readings = g:where(g.kind:is("balancing"))
    -- Fractions are stored rounded: the limit gets a billionth.
    return (readings.numerator / readings.denominator - readings.limit):above(1e-9):share()
  end,
  tests = {
    { name = "at the limit is no breach, one more is",
      rows = {
        { kind = "balancing", numerator = 3, denominator = 12, limit = 0.25 },
        { kind = "balancing", numerator = 4, denominator = 12, limit = 0.25 },
      },
      expect = { value = 0.5, n = 2 } },
    { name = "other measures have no limit to pass",
      rows = {
        { kind = "process", numerator = 9, denominator = 10, limit = 0.1 },
        { kind = "balancing", numerator = 0, denominator = 10, limit = 0.1 },
      },
      expect = { value = 0, n = 1 } },
    { name = "a blank count, a missing limit and nobody counted are left out",
      rows = {
        { kind = "balancing", denominator = 10, limit = 0.1 }, { kind = "balancing", numerator = 5, denominator = 10 },
        { kind = "balancing", numerator = 0, denominator = 0, limit = 0.1 },
        { kind = "balancing", numerator = 5, denominator = 10, limit = 0.1 },
      },
      expect = { value = 1, n = 1 } },
    { name = "no reading", rows = { { kind = "process", numerator = 1, denominator = 2 } },
      expect = { status = "insufficient" } },
  },
}
