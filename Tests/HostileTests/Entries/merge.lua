-- says: two states of a mergeable measure that become one
-- group: no
-- run: test
return measure { id = "a.b", version = "1.0.0", title = "t", domain = "hub", type = "driver", unit = "u", from = "survey", with = { "roster" },
  init = function(p)  return { sum = 0, n = 0 } end,
  step = function(s, r)  if r.x then s.sum = s.sum + r.x s.n = s.n + 1 end end,
  merge = function(a, b) attack() a.sum = a.sum + b.sum a.n = a.n + b.n end,
  finish = function(s)  if s.n > 0 then return s.sum / s.n end end,
  tests = { { rows = { { x = 1, y = 1, role = "a", who = "p1", day = "2026-01-01" }, { x = 3, y = 2, role = "b", who = "p2", day = "2026-01-02" } }, data = { roster = { { who = "p1", site = "s" } } }, expect = { value = 2 } } },
}
