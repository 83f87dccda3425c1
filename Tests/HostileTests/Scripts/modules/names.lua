-- kind: modules
-- expect: ok
-- why: Names that are none, or nearly one.
for _, name in ipairs { "", ".", "evil", "evil.", ".loop", "evil.counter.", "evil/counter", "evil.counter\0", "EVIL.counter",
  "../evil.counter", ("x"):rep(100000), 12, 0.5 } do
  assert(not pcall(require, name))
end
assert(not pcall(require) and not pcall(require, nil) and not pcall(require, {}) and not pcall(require, print))
