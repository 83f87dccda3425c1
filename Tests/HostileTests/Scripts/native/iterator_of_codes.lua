-- kind: native
-- expect: ok
-- why: The iterators of utf8.codes, by hand.
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
local function own(f, t) for j = 1, controls.n do pcall(f, t, controls[j]) end end
for _, lax in ipairs { true, false } do
  local f = utf8.codes("", lax)
  call(f)
  for _, s in ipairs { "", "a", "\xff", "\x80", "é", ("\x80"):rep(1000), "\u{7fffffff}", "\xfc\x80" } do own(f, s) end
end
