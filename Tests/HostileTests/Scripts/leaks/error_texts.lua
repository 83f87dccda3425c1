-- kind: leaks
-- expect: ok
-- why: Nor the texts of errors.
for _, f in ipairs { function() return {} + 1 end, function() return {} .. "x" end, function() return #print end,
  function() return {} < {} end, function() return print < print end, function() error({}) end,
  function() string.rep({}) end, function() return ("x"):bad() end, function() ipairs() end } do
  local _, e = pcall(f)
  assert(not tostring(e):find("0x"), tostring(e))
end
