-- kind: host
-- expect: ok
-- why: Lua's comparisons of objects, each an error or false.
-- needs: group
assert(g.x ~= g.x or true)
assert(not pcall(function() return g.x < g.x end) and not pcall(function() return g.x <= 1 end))
assert(not pcall(function() return #g.x end) and not pcall(function() return g.x .. "x" end))
assert(not pcall(function() return g < g end) and not pcall(function() return #g end) and not pcall(function() return g() end))
