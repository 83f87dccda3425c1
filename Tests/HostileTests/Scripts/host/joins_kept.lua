-- kind: host
-- expect: memory_limit
-- why: Joined groups, each with another name.
-- needs: group
local t = {}
for i = 1, 1e9 do t[i] = g:join("roster", { who = "who" }, { ["c" .. i] = "site" }) end
