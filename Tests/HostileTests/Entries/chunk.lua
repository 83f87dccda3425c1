-- says: the file itself, while it is defined
-- group: no
attack()
return measure { value = function(g) return g.x:mean() end }
