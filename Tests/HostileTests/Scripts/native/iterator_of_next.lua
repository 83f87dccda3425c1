-- kind: native
-- expect: ok
-- why: `next` with anything, also in the midst of a loop.
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
call(next)
local t = { 1, 2, 3 }
for k in next, t do call(next) own(next, t) own(next, {}) end
local many = {}
for i = 1, 1000 do many[i] = i end
next(many)
for i = 2, 1000 do many[i] = nil end
own(next, many) call(next)
