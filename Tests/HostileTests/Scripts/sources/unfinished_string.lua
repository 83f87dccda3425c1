-- kind: sources
-- expect: syntax_error
-- why: A text that does not end.
-- whole: file
return measure { value = function() return "abc
