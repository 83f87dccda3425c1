-- kind: results
-- expect: ok
-- why: Names put together of pieces that the script says, by the thousand.
-- whole: file
local pieces = { "-", ".", "--", "..", "-.-" }
return measure { value = function(g)
  local t = { n = g.n }
  for i = 1, 3000 do
    local s = {}
    for b = 0, 39 do s[#s + 1] = (i >> (b % 12)) & 1 == 1 and "-" or "." end
    t[table.concat(s) .. ("-"):rep(i % 40)] = g.x:mean()
  end
  return t
end }
