-- kind: sources
-- expect: syntax_error
-- why: Three points where there are none.
-- whole: file
local function f() return ... end
