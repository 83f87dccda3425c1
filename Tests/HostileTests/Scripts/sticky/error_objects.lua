-- kind: sticky
-- expect: ok
-- why: Errors of every type come out as they went in.
for _, v in ipairs { 1, 1.5, "x", true, {}, print } do
  local good, e = pcall(error, v)
  assert(not good and e == v)
end
assert(select("#", pcall(error)) == 2)
