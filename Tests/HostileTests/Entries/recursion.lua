-- says: deep in calls of its own
return measure { value = function(g, p)
  local function down(n) if n > 0 then down(n - 1) local _ = n else attack(g) end end
  down(100)
  return g.x:mean()
end }
