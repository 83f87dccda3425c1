-- kind: host
-- expect: ok
-- why: Iterators called by hand, after their end, with other arguments.
-- needs: group
local rows, pairs_ = g:rows(), g:each("role")
for i = 1, 1000 do rows(i, g) pairs_({}, i) end
assert(rows() == nil and pairs_() == nil)
