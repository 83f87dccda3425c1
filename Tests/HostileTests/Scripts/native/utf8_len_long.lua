-- kind: native
-- expect: cpu_limit
-- why: Megabytes decoded again and again.
local s = ("é"):rep(1e6)
while true do utf8.len(s) utf8.codepoint(s, 1, 10) end
