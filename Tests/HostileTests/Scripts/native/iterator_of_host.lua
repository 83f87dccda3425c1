-- kind: native
-- expect: ok
-- why: The iterators of a group's rows and parts, and every other iterator with objects of the host.
-- needs: group
local controls = table.pack(nil, 0, -1, 1, 2, 9, 0.5, 0 / 0, 1 / 0, -1 / 0, 2 ^ 53, 1 << 53, math.maxinteger, math.mininteger, "1", "x", true, false, print, {}, setmetatable({}, { __index = print }))
local receivers = table.pack(nil, true, false, 5, -1, 0.5, 0 / 0, 2 ^ 53, 1 << 48, math.mininteger, "", "1", ("x"):rep(100),
  ("A"):rep(200), print, pairs, function() end, string,
  g, g.x, g.x:mean(), g.with, missing("skipped"))
local function call(f)
  for i = 1, receivers.n do
    for j = 1, controls.n do
      pcall(f, receivers[i], controls[j])
    end
  end
end
local function own(f, t) for j = 1, controls.n do pcall(f, t, controls[j]) end end
local rows, parts = g:rows(), g:each("role")
local row = rows()
for _, f in ipairs { (pairs { 1, 2 }), (pairs { a = 1 }), next, (ipairs {}), (utf8.codes("a")), string.gmatch("ab", ".") } do
  call(f) own(f, row)
end
for _ = 1, 3 do call(rows) call(parts) own(rows, row) own(parts, row) end
for i = 1, receivers.n do
  pcall(g.rows, receivers[i]) pcall(g.each, receivers[i], "role") pcall(g.x.map, receivers[i], print)
end
