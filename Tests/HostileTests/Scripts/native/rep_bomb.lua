-- kind: native
-- expect: memory_limit
-- why: One call asks for a gigabyte.
string.rep("x", 1e9)
