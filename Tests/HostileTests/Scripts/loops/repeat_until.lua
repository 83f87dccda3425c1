-- kind: loops
-- expect: cpu_limit
-- why: A closure made in every turn keeps the collector busy.
local f repeat f = function() return f end until false
