-- kind: sources
-- expect: syntax_error
-- why: A number that is none.
-- whole: file
return 0x1p+ .. 1e+
