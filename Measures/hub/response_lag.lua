-- How long members wait for the hub: days from a request to its reply, the median or another share of the replies.
-- Left out: requests without a reply (any kind of missing), so a hub that seldom replies can look quick; impossible
-- replies.
return measure {
  id = "hub.response_lag", version = "1.0.0",
  title = "Days until the hub replies", question = "How long does a member wait for a reply from the hub?",
  domain = "hub", type = "process", direction = "lower", unit = "days",
  source = "Own definition",
  from = "contacts", columns = { "requested", "replied" },
  by = { {}, { "network" }, { "district" } }, every = "quarter",
  params = {
    share = { default = 0.5, min = 0, max = 1, about = "share of the replies that took no longer; 0.5 is the median" },
  },
  presets = { slowest_tenth = { share = 0.9 } },
  value = function(g, p)
    local days_waited = g.replied - g.requested
    -- A reply from before its request is a slip of the pen.
    local possible = g:where(days_waited:at_least(0))
    return (possible.replied - possible.requested):quantile(p.share)
  end,
  tests = {
    { name = "the median of three waits",
      rows = {
        { requested = "2025-10-01", replied = "2025-10-02" }, { requested = "2025-10-01", replied = "2025-10-04" },
        { requested = "2025-10-10", replied = "2025-10-20" },
      },
      expect = { value = 3, n = 3 } },
    { name = "a reply at once counts as 0 days", rows = { { requested = "2025-10-01", replied = "2025-10-01" } },
      expect = { value = 0, n = 1 } },
    { name = "no reply yet is left out",
      rows = { { requested = "2025-10-01", replied = "2025-10-03" }, { requested = "2025-10-01" } },
      expect = { value = 2, n = 1 } },
    { name = "a reply before its request is left out",
      rows = { { requested = "2025-10-05", replied = "2025-10-01" } }, expect = { status = "insufficient" } },
    { name = "the slowest tenth", preset = "slowest_tenth",
      rows = {
        { requested = "2025-10-01", replied = "2025-10-01" }, { requested = "2025-10-01", replied = "2025-10-11" },
      },
      expect = { value = 9, n = 2 } },
  },
}
