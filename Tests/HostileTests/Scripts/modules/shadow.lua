-- kind: modules
-- expect: ok
-- why: What a module does to its own globals is not felt outside.
assert(require "evil.shadow" == true)
assert(string and pairs and measure and require and pcall and print)
assert(leak == nil and kept == nil and rawget(_G, "leak") == nil)
