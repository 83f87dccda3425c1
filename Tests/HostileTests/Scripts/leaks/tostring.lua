-- kind: leaks
-- expect: ok
-- why: Texts of values show no addresses.
for _, v in ipairs { {}, print, function() end, setmetatable({}, {}) } do
  assert(not tostring(v):find("%d"), tostring(v))
end
