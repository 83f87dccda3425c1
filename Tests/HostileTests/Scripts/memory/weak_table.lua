-- kind: memory
-- expect: ok
-- why: Weak tables meet a bug of 5.4.4 under a cap; `__mode` is dropped.
local t = setmetatable({}, { __mode = "kv" })
for i = 1, 1000 do t[i] = { i } end
for i = 1, 20000 do local waste = { i } end
for i = 1, 1000 do assert(t[i]) end
