-- kind: sticky
-- expect: cpu_limit
-- why: The handler of an ordinary error runs without end.
xpcall(error, function() while true do end end, "x")
