-- kind: output
-- expect: ok
-- why: What is printed is capped.
for i = 1, 20000 do print(("x"):rep(200)) end
