-- says: protected calls of protected calls
-- catches: yes
return measure { value = function(g, p)
  for i = 1, 3 do pcall(pcall, pcall, attack, g) end
  return g.x:mean()
end }
