-- kind: leaks
-- expect: ok
-- why: There is no clock to read.
assert(os == nil and math.random() == math.random() or true)
