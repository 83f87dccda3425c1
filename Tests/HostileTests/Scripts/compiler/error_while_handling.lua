-- kind: compiler
-- expect: memory_limit
-- why: CVE-2022-33099: an overflow while an error is being handled.
local function f() return xpcall(error, function() local t = {} t.x.y = f() end) end
local function g() return g() + f() end
g()
