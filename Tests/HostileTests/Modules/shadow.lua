string, pairs, measure, require, pcall = nil, nil, nil, nil, nil
_G.print, _G.leak, kept = nil, 7, 7
return true
