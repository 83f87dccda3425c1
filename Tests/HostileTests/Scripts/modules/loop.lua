-- kind: modules
-- expect: cpu_limit
-- why: A module is on the clock of its script.
require "evil.loop"
