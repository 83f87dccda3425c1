-- says: a test inside the file
-- run: test
return measure { id = "a.b", version = "1.0.0", title = "t", domain = "hub", type = "driver", unit = "u", from = "survey", with = { "roster" },
  value = function(g)
    attack(g)
    return g.x:mean()
  end,
  tests = { { rows = { { x = 1, y = 1, role = "a", who = "p1", day = "2026-01-01" }, { x = 3, y = 2, role = "b", who = "p2", day = "2026-01-02" } }, data = { roster = { { who = "p1", site = "s" } } }, expect = { value = 2 } } },
}
