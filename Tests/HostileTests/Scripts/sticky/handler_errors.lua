-- kind: sticky
-- expect: ok
-- why: An error in a handler goes to the handler, again and again.
local depth = 0
local good = xpcall(error, function(e) depth = depth + 1 error(e) end, "x")
assert(not good and depth < 1000)
