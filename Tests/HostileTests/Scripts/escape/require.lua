-- kind: escape
-- expect: lua_error
-- why: `require` is the host's own and knows plugins only.
require "os"
