-- kind: leaks
-- expect: ok
-- why: What is printed shows no addresses either.
print({}, print, string, _G, setmetatable({}, { __tostring = function() return "mine" end }))
