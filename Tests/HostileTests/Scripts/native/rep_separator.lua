-- kind: native
-- expect: memory_limit
-- why: The separator is what grows.
string.rep("", 1e8, "yyyyyyyy")
