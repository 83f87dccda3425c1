-- kind: sticky
-- expect: cpu_limit
-- why: The stop passes through a substitution in C.
while true do pcall(string.gsub, ("x"):rep(100), ".", function() while true do end end) end
