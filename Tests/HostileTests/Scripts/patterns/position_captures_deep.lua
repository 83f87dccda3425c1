-- kind: patterns
-- expect: lua_error
-- why: Captures that are open in captures.
("x"):rep(100):find(("("):rep(33) .. (")"):rep(33))
