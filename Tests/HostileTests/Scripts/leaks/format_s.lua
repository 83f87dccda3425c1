-- kind: leaks
-- expect: ok
-- why: Neither does a format.
assert(not string.format("%s %s %s", {}, print, string.rep):find("%d"))
assert(not pcall(string.format, "%d", {}))
