-- kind: loops
-- expect: cpu_limit
-- why: Tail calls never fill the stack.
local function f(n) return f(n + 1) end
f(1)
