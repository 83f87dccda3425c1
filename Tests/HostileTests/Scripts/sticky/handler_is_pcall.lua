-- kind: sticky
-- expect: ok
-- why: Functions of the library as handlers of themselves.
assert(not xpcall(error, pcall, "x"))
assert(not xpcall(error, error, "x"))
assert(not xpcall(error, xpcall, "x"))
