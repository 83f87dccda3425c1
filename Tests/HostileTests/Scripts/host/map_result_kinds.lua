-- kind: host
-- expect: ok
-- why: A mapped function that gives what it must not.
-- needs: group
for _, v in ipairs { "x", {}, print, g } do assert(not pcall(g.x.map, g.x, function() return v end)) end
for _, v in ipairs { 0 / 0, 1 / 0, -1 / 0, 2 ^ 63, true } do g.x:map(function() return v end):mean() end
