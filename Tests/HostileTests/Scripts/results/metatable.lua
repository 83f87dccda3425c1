-- kind: results
-- expect: ok
-- why: A record's metatable is not asked.
-- whole: file
return measure { value = function()
  local function spin() while true do end end
  return setmetatable({ a = 1 }, { __index = spin, __pairs = spin, __len = spin, __tostring = spin, __newindex = spin })
end }
