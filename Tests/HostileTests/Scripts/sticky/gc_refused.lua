-- kind: sticky
-- expect: ok
-- why: A finalizer would run with hooks off; it is never called.
local called = false
for i = 1, 2000 do setmetatable({}, { __gc = function() called = true end }) end
local waste = {}
for i = 1, 20000 do waste[i % 10] = { i } end
assert(not called)
