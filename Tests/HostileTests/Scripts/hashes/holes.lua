-- kind: hashes
-- expect: ok
-- why: The border of a list with holes is the same in every process.
local t = {}
for i = 1, 64 do t[i] = i t["k" .. i] = i end
for i = 1, 64, 3 do t[i] = nil t["k" .. i] = nil end
assert(t[#t] ~= nil and t[#t + 1] == nil or #t == 0)
