-- kind: sources
-- expect: syntax_error
-- why: Two variables to be closed in one statement.
-- whole: file
local a <close>, b <close> = nil, nil
