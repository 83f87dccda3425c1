-- kind: leaks
-- expect: lua_error
-- why: The order of such keys would be that of addresses.
for k in pairs { [{}] = 1, [print] = 2 } do end
