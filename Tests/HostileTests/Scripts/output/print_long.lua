-- kind: output
-- expect: ok
-- why: One line of megabytes.
print(("x"):rep(2e6))
