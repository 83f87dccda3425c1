-- kind: escape
-- expect: ok
-- why: The real library must not be found behind its stand-in.
assert(rawget(string, "rep") == nil and next(string) == nil)
for k in pairs(string) do error(k) end
