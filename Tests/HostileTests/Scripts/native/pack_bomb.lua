-- kind: native
-- expect: lua_error
-- why: An alignment or size beyond what is allowed.
string.pack("i17", 1)
