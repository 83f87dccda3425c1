-- kind: host
-- expect: cpu_limit
-- why: Names of a megabyte, each in a message.
-- needs: group
local s = ("x"):rep(1000000)
while true do pcall(g.column, g, s) end
