-- kind: leaks
-- expect: lua_error
-- why: Keys without a defined order.
for k in pairs { [true] = 1, [false] = 2, [1.5] = 3 } do end
