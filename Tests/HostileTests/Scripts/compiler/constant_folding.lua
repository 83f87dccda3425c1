-- kind: compiler
-- expect: ok
-- why: Folding that must not happen.
assert(0 / 0 ~= 0 / 0 and 1 / -0.0 == -1 / 0 and 2 ^ 53 == 9007199254740992.0)
