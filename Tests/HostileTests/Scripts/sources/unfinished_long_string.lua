-- kind: sources
-- expect: syntax_error
-- why: A long bracket that does not end.
-- whole: file
return [==[ abc ]=] measure
