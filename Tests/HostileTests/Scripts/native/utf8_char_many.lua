-- kind: native
-- expect: memory_limit
-- why: The largest code points by the hundred thousand.
local t = {}
for i = 1, 2e5 do t[i] = 0x7fffffff end
while true do local s = utf8.char(table.unpack(t)) .. utf8.char(table.unpack(t)) end
