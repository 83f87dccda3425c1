-- kind: sticky
-- expect: ok
-- why: A finalizer put into a metatable that is in use already.
local called = false
local mt = {}
for i = 1, 100 do setmetatable({}, mt) end
mt.__gc = function() called = true end
rawset(mt, "__gc", function() called = true end)
for i = 1, 100 do setmetatable({}, mt) end
for i = 1, 20000 do local waste = { i } end
assert(not called)
