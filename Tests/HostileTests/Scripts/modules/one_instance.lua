-- kind: modules
-- expect: ok
-- why: One instance of a module serves the whole script.
local a, b = require "evil.counter", require("evil.counter")
assert(a == b and rawequal(a, b))
a.next()
assert(b.next() == a.next() - 1)
