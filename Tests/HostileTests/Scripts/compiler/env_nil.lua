-- kind: compiler
-- expect: lua_error
-- why: Without an environment there is no global.
local _ENV = nil
print("x")
