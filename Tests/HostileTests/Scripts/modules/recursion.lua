-- kind: modules
-- expect: lua_error or memory_limit
-- why: Recursion without end in a module.
require "evil.recursion"
