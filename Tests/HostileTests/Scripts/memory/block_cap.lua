-- kind: memory
-- expect: memory_limit
-- why: One block larger than a quarter of the memory.
local s = ("x"):rep(5 * 1024 * 1024)
