-- kind: sticky
-- expect: memory_limit
-- why: The cap is met once and caught, and an honest number is returned.
pcall(string.rep, "x", 1 << 30)
