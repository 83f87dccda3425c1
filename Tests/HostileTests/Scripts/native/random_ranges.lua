-- kind: native
-- expect: ok
-- why: The ends of the integers as ranges.
math.random(math.mininteger, math.maxinteger) math.random(0)
assert(not pcall(math.random, 2, 1) and not pcall(math.random, 1, 2, 3))
assert(math.randomseed == nil)
