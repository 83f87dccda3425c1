-- kind: output
-- expect: ok
-- why: Escapes of terminals are taken out.
print("\27[2J\27]0;title\7\r\8 \u{202e} \0 <script>alert(1)</script> =cmd|'/c calc'!A0")
