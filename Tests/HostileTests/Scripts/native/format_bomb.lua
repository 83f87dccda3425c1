-- kind: native
-- expect: memory_limit
-- why: Texts of texts.
local s = "x"
while true do s = string.format("%s%s", s, s) end
