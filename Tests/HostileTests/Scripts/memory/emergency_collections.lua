-- kind: memory
-- expect: memory_limit
-- why: Living just below the cap costs a collection for every block.
local keep = {}
for i = 1, 15 do keep[i] = ("x"):rep(1000000 - i) end
while true do local waste = ("y"):rep(900000) .. #keep waste = waste .. "z" end
