-- Whether those who lead see the hub's support as those who teach do: leaders' mean less teachers' mean of hub support.
-- The survey has no answers of the hub's own staff; the gap between leaders and teachers is the one it can show.
local items = { "hub_1", "hub_2", "hub_3", "hub_4" }

local function support(people, answered)
  return people:scale(items, { answered = answered }):mean()
end

return measure {
  id = "hub.role_gap", version = "1.0.0",
  title = "Hub support: leaders less teachers", question = "Do leaders and teachers see the hub's support alike?",
  domain = "hub", type = "driver", unit = "points",
  source = "Own definition; 0 means that both see it alike, so neither direction is better",
  from = "survey", columns = { "role", "hub_1", "hub_2", "hub_3", "hub_4" },
  by = { {}, { "network" }, { "district" } }, every = "wave",
  params = { answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" } },
  value = function(g, p)
    local leaders = g:where(g.role:is("leader"))
    local teachers = g:where(g.role:is("teacher"))
    return difference(support(leaders, p.answered), support(teachers, p.answered))
  end,
  tests = {
    { name = "leaders less teachers; coaches are on neither side",
      rows = {
        { role = "leader", hub_1 = 6, hub_2 = 6 }, { role = "leader", hub_1 = 5, hub_2 = 5 },
        { role = "teacher", hub_1 = 4, hub_2 = 4 }, { role = "teacher", hub_1 = 3, hub_2 = 3 },
        { role = "coach", hub_1 = 1, hub_2 = 1 },
      },
      expect = { value = 2, n = 2, low = -1.042435, high = 5.042435 }, within = 1e-6 },
    { name = "exactly half of the items is enough on both sides",
      rows = { { role = "leader", hub_1 = 6, hub_2 = 5 }, { role = "teacher", hub_3 = 5, hub_4 = 5 } },
      expect = { value = 0.5, n = 1 } },
    { name = "no gap without teachers' answers",
      rows = { { role = "leader", hub_1 = 6, hub_2 = 6 }, { role = "teacher", hub_1 = 6 } },
      expect = { status = "insufficient" } },
    { name = "who has no role is on neither side",
      rows = { { hub_1 = 1, hub_2 = 1 }, { role = "leader", hub_1 = 4, hub_2 = 4 },
        { role = "teacher", hub_1 = 4, hub_2 = 4 } },
      expect = { value = 0 } },
  },
}
