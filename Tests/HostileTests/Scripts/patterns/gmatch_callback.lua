-- kind: patterns
-- expect: cpu_limit
-- why: A loop over matches that are found at once.
for i = 1, 1e9 do for w in ("a b c"):gmatch("%a+") do end end
