-- kind: native
-- expect: cpu_limit
-- why: One character as long as the text.
local s = ("\x80"):rep(1e6)
local f = utf8.codes("")
while true do f(s, 1) utf8.offset(s, 0, #s) utf8.offset("a" .. s, -1) utf8.offset("a" .. s, 3) end
