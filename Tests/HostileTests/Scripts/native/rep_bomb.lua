-- kind: native
-- expect: memory_limit
-- why: One call asks for a petabyte.
string.rep("x", 1e15)
