-- kind: output
-- expect: ok or cpu_limit
-- why: What is printed is capped.
for i = 1, 20000 do print(("x"):rep(200)) end
