-- kind: sticky
-- expect: cpu_limit
-- why: A handler that runs below a hook could never be stopped.
xpcall(function() while true do end end, function() while true do end end)
