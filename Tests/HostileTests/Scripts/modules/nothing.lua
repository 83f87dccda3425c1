-- kind: modules
-- expect: lua_error
-- why: A module that returns nothing.
require "evil.nothing"
