-- kind: sources
-- expect: ok
-- why: A first line that a shell would read.
-- whole: file
#!/bin/sh rm -rf /
return measure { value = function(g) return g.x:mean() end }
