-- kind: host
-- expect: ok
-- why: More arguments than a verb has.
-- needs: group
local many = {}
for i = 1, 200 do many[i] = i end
assert(not pcall(g.x.mean, g.x, table.unpack(many)))
assert(not pcall(ratio, table.unpack(many)))
