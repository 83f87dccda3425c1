-- kind: compiler
-- expect: lua_error
-- why: A metamethod of `..` that moves the stack while operands wait: 5.4.4 writes where it was.
local function large() local a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w = 1 pcall(error) end
local t = setmetatable({}, { __concat = function() large() return "" end })
return t .. t .. t
