-- kind: native
-- expect: cpu_limit
-- why: A quadrillion moves in one call.
table.move({}, 1, 1e15, 2)
