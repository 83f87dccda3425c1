-- kind: compiler
-- expect: ok
-- why: The smallest integer by -1.
assert(math.mininteger // -1 == math.mininteger and math.mininteger % -1 == 0)
