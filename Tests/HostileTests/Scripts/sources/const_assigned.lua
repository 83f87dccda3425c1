-- kind: sources
-- expect: syntax_error
-- why: A constant that is changed.
-- whole: file
local x <const> = 1
x = 2
