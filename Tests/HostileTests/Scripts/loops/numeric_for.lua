-- kind: loops
-- expect: cpu_limit
-- why: A numeric loop has an instruction of its own.
for i = 1, math.huge do end
