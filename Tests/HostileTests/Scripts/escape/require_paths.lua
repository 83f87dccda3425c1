-- kind: escape
-- expect: lua_error
-- why: A path is no plugin.
require "../../../etc/passwd"
