-- kind: modules
-- expect: lua_error
-- why: Modules that require each other.
require "evil.circle_a"
