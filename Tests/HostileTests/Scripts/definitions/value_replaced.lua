-- kind: definitions
-- expect: ok
-- why: The next group has the definition as it was.
-- whole: file
local d
d = { value = function(g) d.value = function() return 1e9 end return g.x:mean() end }
return measure(d)
