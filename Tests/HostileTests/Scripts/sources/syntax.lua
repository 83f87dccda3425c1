-- kind: sources
-- expect: syntax_error
-- why: No Lua at all.
-- whole: file
this is not lua
