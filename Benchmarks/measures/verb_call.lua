-- Calls a verb on a group of one row so often that all else vanishes; the empty loop runs as often.
local calls = CALLS

return measure {
  id = "bench.verb", version = "1.0.0", title = "A verb", domain = "culture", type = "driver", unit = "points",
  from = "data", columns = { "q01" },
  value = function(g, p)
    local item = g.q01
    local mask = item:valid()
    for i = 1, calls do
      local result = BODY
    end
    return item:count()
  end,
}
