-- kind: native
-- expect: ok
-- why: The iterators of gmatch keep what they need themselves.
local controls = table.pack(nil, 0, -1, 1, 2, 9, 0.5, 0 / 0, 1 / 0, -1 / 0, 2 ^ 53, 1 << 53, math.maxinteger, math.mininteger, "1", "x", true, false, print, {}, setmetatable({}, { __index = print }))
local receivers = table.pack(nil, true, false, 5, -1, 0.5, 0 / 0, 2 ^ 53, 1 << 48, math.mininteger, "", "1", ("x"):rep(100),
  ("A"):rep(200), print, pairs, function() end, string)
local function call(f)
  for i = 1, receivers.n do
    for j = 1, controls.n do
      pcall(f, receivers[i], controls[j])
    end
  end
end
for _, p in ipairs { ".", "", "()", "(a*)(b*)", ("x?"):rep(40), "%f[%w]", "^a", "[" } do
  local f = string.gmatch(("ab"):rep(300), p)
  call(f) call(f)
end
