-- kind: leaks
-- expect: lua_error
-- why: Tables have no order.
table.sort { {}, {}, {} }
