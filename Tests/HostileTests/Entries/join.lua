-- says: a group with columns of another dataset
return measure { value = function(g, p)
  local joined = g:join("roster", { who = "who" }, { "site" })
  attack(joined)
  return g.x:mean()
end }
