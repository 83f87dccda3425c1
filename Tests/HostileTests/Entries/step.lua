-- says: a row of a mergeable measure
-- form: mergeable
-- group: no
return measure {
  init = function(p)  return { sum = 0, n = 0 } end,
  step = function(s, r) if s.n == 1 then attack() end if r.x then s.sum = s.sum + r.x s.n = s.n + 1 end end,
  merge = function(a, b)  a.sum = a.sum + b.sum a.n = a.n + b.n end,
  finish = function(s)  if s.n > 0 then return s.sum / s.n end end,
}
