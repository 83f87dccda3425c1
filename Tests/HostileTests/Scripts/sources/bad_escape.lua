-- kind: sources
-- expect: syntax_error
-- why: Escapes beyond what there is.
-- whole: file
return "\u{7fffffffffff}" .. "\x" .. "\999"
