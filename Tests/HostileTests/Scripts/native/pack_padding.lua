-- kind: native
-- expect: memory_limit
-- why: Padding to a length that no memory holds.
string.pack("c1000000000000", "x")
