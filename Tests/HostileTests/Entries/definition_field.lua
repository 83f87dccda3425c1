-- says: a field of the definition
-- group: no
return measure { title = select('#', attack()), value = function(g) return g.x:mean() end }
