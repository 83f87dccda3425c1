-- kind: native
-- expect: lua_error
-- why: Bytes that continue nothing.
for _ in utf8.codes(("\x80"):rep(1e6)) do end
