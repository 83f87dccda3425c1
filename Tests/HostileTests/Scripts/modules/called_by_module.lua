-- kind: modules
-- expect: cpu_limit
-- why: A loop of the script, called by a module in a protected call.
local call = require "evil.caller"
call(pcall, call, pcall, function() while true do end end)
