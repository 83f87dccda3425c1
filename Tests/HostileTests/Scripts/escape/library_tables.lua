-- kind: escape
-- expect: ok
-- why: Library tables cannot be changed, not even raw.
for _, lib in ipairs { string, table, math, utf8 } do
  assert(not pcall(function() lib.rep = print end))
  assert(not pcall(rawset, lib, "rep", print))
  assert(getmetatable(lib) == false)
  assert(not pcall(setmetatable, lib, {}))
end
