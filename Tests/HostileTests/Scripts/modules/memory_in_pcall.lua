-- kind: modules
-- expect: memory_limit
-- why: A module that was full ends the script.
pcall(require, "evil.memory")
