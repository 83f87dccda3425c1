-- kind: sticky
-- expect: ok
-- why: The library's protected calls call each other.
local good, a, b, c = pcall(pcall, pcall, error, "x")
assert(good and a and not b and c == "x")
