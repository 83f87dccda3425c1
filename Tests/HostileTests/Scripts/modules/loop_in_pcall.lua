-- kind: modules
-- expect: cpu_limit
-- why: A limit that a module reached cannot be caught.
while true do pcall(require, "evil.loop") end
