-- kind: memory
-- expect: memory_limit
-- why: The refusal comes while an error is being handled.
local t = {}
xpcall(function() while true do t[#t + 1] = ("x"):rep(1000) .. #t end end, function(e) while true do t[#t + 1] = {} end end)
