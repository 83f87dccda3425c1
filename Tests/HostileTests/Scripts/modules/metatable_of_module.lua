-- kind: modules
-- expect: ok
-- why: A module's table is as any other, and the next instance has a new one.
local counter = require "evil.counter"
counter.next = function() return 7 end
setmetatable(counter, { __index = string })
assert(require("evil.counter").rep("x", 2) == "xx")
