-- kind: sources
-- expect: syntax_error
-- why: A first line that a shell would read is no Lua.
-- whole: file
#!/bin/sh rm -rf /
return measure { value = function(g) return g.x:mean() end }
