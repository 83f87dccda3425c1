-- kind: loops
-- expect: cpu_limit
-- why: A loop without a call: only the timer's hook stops it.
while true do end
