-- kind: native
-- expect: ok
-- why: The iterators of tables that have shrunk or grown since.
local controls = table.pack(nil, 0, -1, 1, 2, 9, 0.5, 0 / 0, 1 / 0, -1 / 0, 2 ^ 53, 1 << 53, math.maxinteger, math.mininteger, "1", "x", true, false, print, {}, setmetatable({}, { __index = print }))
local receivers = table.pack(nil, true, false, 5, -1, 0.5, 0 / 0, 2 ^ 53, 1 << 48, math.mininteger, "", "1", ("x"):rep(100),
  ("A"):rep(200), print, pairs, function() end, string)
local function call(f)
  for i = 1, receivers.n do
    for j = 1, controls.n do
      local ok, text = pcall(f, receivers[i], controls[j])
      assert(type(receivers[i]) == "table" or not ok and text:find("table expected", 1, true))
    end
  end
end
local function own(f, t) for j = 1, controls.n do pcall(f, t, controls[j]) end end
for _, n in ipairs { 2, 8, 9, 100 } do
  local list, keys = {}, {}
  for i = 1, n do list[i] = i keys["k" .. i] = i end
  local f, g = pairs(list), pairs(keys)
  for i = 1, n do list[i] = nil keys["k" .. i] = nil end
  own(f, list) own(g, keys) call(f) call(g)
  for i = 1, 3 * n do list[i] = i keys["k" .. i] = i list["k" .. i] = i end
  own(f, list) own(g, keys) call(f) call(g) own(f, keys) own(g, list)
end
