-- kind: output
-- expect: ok or memory_limit
-- why: One line of megabytes.
print(("x"):rep(2e6))
