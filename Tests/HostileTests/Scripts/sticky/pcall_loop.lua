-- kind: sticky
-- expect: cpu_limit
-- why: The stop must not be caught and tried again.
while true do pcall(function() while true do end end) end
