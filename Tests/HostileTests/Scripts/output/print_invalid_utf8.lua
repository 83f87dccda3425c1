-- kind: output
-- expect: ok
-- why: Bytes that are no text.
print("\xff\xfe\x80 \xed\xa0\x80 \xf4\x90\x80\x80")
