-- kind: sources
-- expect: syntax_error
-- why: The same label twice.
-- whole: file
::a:: ::a:: return measure {}
