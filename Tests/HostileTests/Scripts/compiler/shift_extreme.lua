-- kind: compiler
-- expect: ok
-- why: Shifts by more than there are bits.
assert(1 << 64 == 0 and 1 >> 64 == 0 and 1 << -1 == 0 and 1 << math.mininteger == 0)
