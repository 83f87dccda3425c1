-- kind: output
-- expect: lua_error
-- why: A message that is no text.
error("\xff\xfe\x80")
