-- kind: compiler
-- expect: ok
-- why: CVE-2022-28805 read beyond a block.
local _ENV <const> = _ENV
assert(type(print) == "function")
