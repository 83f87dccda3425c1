-- kind: definitions
-- expect: lua_error
-- why: A file that returns nothing.
-- whole: file
local x = 1
