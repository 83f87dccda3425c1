-- kind: sources
-- expect: syntax_error
-- why: An attribute that does not exist.
-- whole: file
local x <final> = 1
