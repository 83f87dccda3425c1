-- kind: host
-- expect: ok
-- why: Undeclared datasets and columns stay closed.
-- needs: group
assert(not pcall(function() return g.with.nothing end) and not pcall(g.join, g, "survey", { x = "x" }, { "y" }))
