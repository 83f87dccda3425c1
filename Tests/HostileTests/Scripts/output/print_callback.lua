-- kind: output
-- expect: cpu_limit
-- why: A text that is made without end.
print(setmetatable({}, { __tostring = function() while true do end end }))
