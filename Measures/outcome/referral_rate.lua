-- A balancing measure: referrals per 100 students a week, in case gains are bought with discipline.
-- The Model for Improvement has every change watched for harm that it does elsewhere.
return measure {
  id = "out.referral_rate", version = "1.0.0",
  title = "Referrals", question = "Do referrals go up while other outcomes get better?",
  domain = "outcome", type = "balancing", direction = "lower", unit = "referrals per 100 students a week",
  source = "Model for Improvement (balancing measures); own definition of the rate",
  from = "outcomes", columns = { "referrals", "enrolled" },
  by = { {}, { "network" }, { "district" }, { "school" } }, every = "month",
  chart = { kind = "run", rules = "anhoej" },
  value = function(g, p)
    local told = g:where(g.referrals:valid() & g.enrolled:valid())
    return 100 * ratio(told.referrals:sum(), told.enrolled:sum())
  end,
  tests = {
    { name = "counts are added up before they are divided",
      rows = { { referrals = 1, enrolled = 50 }, { referrals = 5, enrolled = 150 } }, expect = { value = 3, n = 2 } },
    { name = "no referrals are 0", rows = { { referrals = 0, enrolled = 50 } }, expect = { value = 0, n = 1 } },
    { name = "a blank is not 0 referrals",
      rows = { { referrals = 2, enrolled = 50 }, { enrolled = 50 }, { referrals = 3 } },
      expect = { value = 4, n = 1 } },
    { name = "nobody enrolled", rows = { { referrals = 0, enrolled = 0 } }, expect = { status = "insufficient" } },
    { name = "a load without referrals does not say", rows = { { referrals = missing("not_loaded"), enrolled = 50 } },
      expect = { status = "insufficient" } },
  },
}
