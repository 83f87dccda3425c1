-- kind: modules
-- expect: ok
-- why: A module that defines a measure is not the measure.
local other = require "evil.measure"
assert(type(other) == "table" and other.value() == 7)
