-- kind: compiler
-- expect: ok
-- why: A `break` out of a generic loop.
for i = 1, 100 do for _, v in ipairs { 1, 2, 3 } do if v == 2 then break end end end
