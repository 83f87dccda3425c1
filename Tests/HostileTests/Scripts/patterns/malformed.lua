-- kind: patterns
-- expect: ok
-- why: Patterns that end too early, each refused.
for _, p in ipairs { "[", "[a", "[^", "%", "[%", "(", "%b", "%bx", "%f", "%1", "(%1)", "[a-", "%f[", "[]" } do
  assert(not pcall(string.find, "abc", p), p)
end
