-- kind: modules
-- expect: ok
-- why: A script may call something else `require`, for itself.
require = function() return 7 end
assert(require "evil.counter" == 7)
