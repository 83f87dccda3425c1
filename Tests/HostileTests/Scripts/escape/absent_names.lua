-- kind: escape
-- expect: ok
-- why: What leads out of the script is not there.
for _, name in ipairs { "load", "loadstring", "loadfile", "dofile", "io", "os", "debug", "package", "coroutine",
  "collectgarbage", "warn", "newproxy", "module", "setfenv", "getfenv", "unpack", "jit", "ffi", "bit32", "arg" } do
  assert(_G[name] == nil and _ENV[name] == nil and rawget(_G, name) == nil, name)
end
assert(string.dump == nil and math.randomseed == nil)
