-- kind: escape
-- expect: ok
-- why: A script may shadow names for itself, nobody else.
pairs, next, type, tostring, pcall = nil, nil, nil, nil, nil
_G.print = function() end
