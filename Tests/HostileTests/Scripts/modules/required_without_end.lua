-- kind: modules
-- expect: cpu_limit
-- why: A module that is there already, asked for without end.
while true do require "evil.counter" end
