-- kind: output
-- expect: lua_error
-- why: Escapes in messages are shown, not done.
error("\27[31m\u{202e}\n\r\0<b>=1+1")
