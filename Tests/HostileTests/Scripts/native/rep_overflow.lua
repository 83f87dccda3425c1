-- kind: native
-- expect: lua_error
-- why: Lengths that overflow when multiplied.
string.rep(("x"):rep(1 << 12), (1 << 52) + 1)
