-- kind: modules
-- expect: memory_limit
-- why: A module has the memory of its script.
require "evil.memory"
