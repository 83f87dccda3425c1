-- kind: loops
-- expect: cpu_limit
-- why: The iterator is a library function, so the body is the only Lua there is.
for _ in function() return 1 end do end
