-- kind: modules
-- expect: cpu_limit
-- why: A module that fails is tried again and again.
for i = 1, 1e9 do pcall(require, "evil.error") end
