-- kind: native
-- expect: lua_error
-- why: Sizes that overflow when added.
string.packsize("c2147483647c2147483647c2147483647")
