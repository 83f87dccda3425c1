-- kind: host
-- expect: ok
-- why: Persons can be counted, never picked out.
-- needs: group
assert(not pcall(g.who.is, g.who, "p1") and not pcall(g.who.isin, g.who, { "p1", "p2" }))
for r in g:rows() do assert(r.who == nil or r.who:sub(1, 1) == "p" and #r.who > 6) end
