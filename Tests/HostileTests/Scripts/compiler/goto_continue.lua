-- kind: compiler
-- expect: ok
-- why: Jumps over locals and out of blocks.
for i = 1, 10 do
  if i % 2 == 0 then goto continue end
  do local x = i goto continue end
  ::continue::
end
