-- says: the iterator of a loop
return measure { value = function(g, p)
  local done
  for _ in function() if not done then done = true attack(g) return 1 end end do end
  return g.x:mean()
end }
