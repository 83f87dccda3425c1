-- Generated calls of the library's functions, to be run by the system's Lua and in the sandbox: both must print the
-- same. The loader puts SEED and COUNT before this text. Random numbers are our own, since those of the two differ.
--
-- Left out are the deliberate differences: texts of tables and functions, %p, orders that the manual leaves open,
-- texts too large for the sandbox's memory (there they end the script), and bytes inside UTF-8 that continue nothing,
-- which utf8.codes of 5.4.4 lets pass.

local state = SEED
local function random(n)  -- 1...n
  state = state * 6364136223846793005 + 1442695040888963407
  local x = (state >> 33) ~ (state >> 17 & 0xffff)
  return x % n + 1
end
local function pick(t) return t[random(#t)] end
local function chance(percent) return random(100) <= percent end

local escapes = { ["\\"] = "\\\\", ["\n"] = "\\n" }
local function quoted(s)
  local bytes = {}
  for i = 1, #s do
    local b = s:byte(i)
    if b < 32 or b > 126 or b == 92 then bytes[i] = ("\\%02x"):format(b) else bytes[i] = s:sub(i, i) end
  end
  return "'" .. table.concat(bytes) .. "'"
end
local function shown(v)
  local t = type(v)
  if t == "string" then return #v > 300 and quoted(v:sub(1, 100)) .. #v or quoted(v) end
  if math.type(v) == "float" then return v ~= v and "nan" or ("%.17g"):format(v) .. "f" end
  if t == "table" and rawlen(v) > 0 and rawlen(v) < 40 then
    local words = {}
    for i = 1, rawlen(v) do
      local e = rawget(v, i)
      words[i] = type(e) == "table" and "table" or shown(e)
    end
    return "{" .. table.concat(words, ",") .. "}"
  end
  if t == "table" or t == "function" then return t end
  return tostring(v)
end
local function list(first, ...)
  local n, words = select("#", ...), { shown(first) }
  for i = 1, math.min(n, 40) do words[i + 1] = shown((select(i, ...))) end
  return table.concat(words, "|") .. (n > 40 and "#" .. n or "")
end
local case = 0
local function report(what, ...)
  case = case + 1
  print(case .. " " .. what .. " -> " .. list(...))
end

local integers = {
  0, 1, 2, 3, 4, 5, 7, 10, 100, -1, -2, -3, -5, -10, 255, 256, 65536, 2147483647, -2147483648, 4294967296,
  math.maxinteger, math.mininteger, math.maxinteger - 1, math.mininteger + 1,
}
local floats = {
  0.0, -0.0, 1.0, -1.0, 1.5, -2.5, 3.0, 1e15, 1e16, 1e100, 2.0 ^ 53, 2.0 ^ 63, -(2.0 ^ 63), 1 / 0, -1 / 0, 0 / 0, 5e-324,
  0.1, 1e-10, 123456.789,
}
local texts = {
  "", "a", "abc", "a\0b", "\0", "10", "0x10", " 7 ", "1e2", "0x1p4", "-3", "+5", "1.5", "nan", "inf", "\xff\xfe", "é", "日本",
  ("x"):rep(50), ("long text "):rep(12), "%d", "%", "[a", "z", "Z9", "1_000", "- 1", "0x", "1e", "\t12\n", "hello world",
  "1e1000", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "0xffffffffffffffffff", "٣",
}
local function small() return random(14) - 4 end
local function number()
  return ({ small, small, function() return pick(integers) end, function() return pick(floats) end,
    function() return random(200000) - 100000 end, function() return (random(4000) - 2000) / 16 end })[random(6)]()
end
local function bytes(n)
  local t = {}
  for i = 1, random(n + 1) - 1 do t[i] = string.char(chance(70) and 31 + random(96) or random(256) - 1) end
  return table.concat(t)
end
local function text() return chance(70) and pick(texts) or bytes(12) end
local function object()
  return setmetatable({ 1, 2, 3 }, pick {
    { __index = function(_, k) return k end }, { __len = function() return 2 end }, { __len = function() return "2" end },
    { __len = function() return 1.5 end }, { __tostring = function() return "object" end }, {},
    { __call = function(_, x) return x end }, { __newindex = function() error("no new fields", 0) end },
    { __eq = function() return true end, __lt = function() return true end, __le = function() return false end },
    { __metatable = "locked" }, { __pairs = function(t) return #t, t end },
    { __pairs = 7 }, { __unm = function() return "less" end, __band = function() return "and" end, __index = string },
  })
end
local function sequence()
  local t = {}
  for i = 1, random(9) - 1 do t[i] = chance(60) and number() or text() end
  return t
end
local function value()
  local kind = random(20)
  if kind <= 8 then return number() end
  if kind <= 14 then return text() end
  if kind <= 16 then return sequence() end
  if kind == 17 then return nil end
  if kind == 18 then return chance(50) end
  if kind == 19 then return object() end
  return function(...) return ... end
end

-- Each function is called by pcall itself, as a field, as a method of its first argument and as a local: messages name
-- it after the way it was called.
local function call(name, f, field, ...)
  local n, a = select("#", ...), table.pack(...)
  local words = {}
  for i = 1, n do words[i] = shown(a[i]) end
  local way = random(4)
  local what = name .. "(" .. table.concat(words, ",") .. ")/" .. way
  if way == 1 then return report(what, pcall(f, ...)) end
  if way == 2 then return report(what, pcall(function(...) return (field(...)) end, ...)) end
  if way == 3 and type(a[1]) == "string" and string[name] then
    return report(what, pcall(function(s, ...)
      local list = table.pack(s[name](s, ...))
      return table.unpack(list, 1, list.n)
    end, ...))
  end
  report(what, pcall(function(...)
    local g = f
    local list = table.pack(g(...))
    return table.unpack(list, 1, list.n)
  end, ...))
end

local classes = { "%a", "%d", "%s", "%w", "%x", "%p", "%l", "%u", "%c", "%g", "%A", "%D", "%S", "%W", "%G", ".", "%.", "%%",
  "a", "b", "c", "1", " ", "-", "é", "\0", "%z", "%Z", "%_", "%]" }
local broken = { "[", "%", "(", ")", "]", "%b", "%bx", "%f", "%fa", "%f[", "[^", "[]", "[a-", "[%", "[%]", "%0", "%9", "^", "$",
  "*", "+", "-", "?", "(()", "[^]", "[]]", "[a-%z]", "%f[%z]", "[%a-z]", "[--a]", "[z-a]" }
local function set()
  local t = { chance(30) and "[^" or "[" }
  for i = 1, random(4) do t[i + 1] = chance(30) and pick { "a-c", "0-9", "A-Z", "\0-\127", "b-b", "-", "^", "]" } or pick(classes) end
  return table.concat(t) .. "]"
end
local function pattern(depth)
  local t = { chance(12) and "^" or "" }
  for _ = 1, random(5) do
    local kind = random(24)
    local item
    if kind <= 14 then item = chance(25) and set() or pick(classes)
    elseif kind == 15 and depth > 0 then item = "(" .. pattern(depth - 1) .. ")"
    elseif kind == 16 then item = "()"
    elseif kind == 17 then item = pick { "%b()", "%bxx", "%bab" }
    elseif kind == 18 then item = "%f" .. set()
    elseif kind == 19 then item = pick { "%1", "%2" }
    elseif kind == 20 then item = pick(broken)
    elseif kind <= 22 and depth > 0 then item = "(" .. pick(classes) .. pick { "", "*", "+", "-" } .. ")"
    else item = pick(classes) end
    t[#t + 1] = item .. (chance(35) and pick { "*", "+", "-", "?" } or "")
  end
  return table.concat(t) .. (chance(10) and "$" or "")
end
local function subject()
  local t = {}
  for i = 1, random(14) - 1 do t[i] = pick { "a", "b", "c", "ab", "aa", "1", "2", " ", "(", ")", "x", "Z", "-", ".", "é", "\0", "%" } end
  return table.concat(t)
end
local replacements = { "<%0>", "%1", "%2", "%%", "", "x", "%", "%x", "[%1%1]", 7, 1.5 }
local answers = {
  function(...) return ... end, function() end, function() return false end, function() return 12 end,
  function() return {} end, function(...) return select("#", ...) .. "" end, function() error("stop", 0) end,
}
local function matching()
  local s, p = subject(), chance(3) and value() or pattern(2)
  local kind = random(4)
  if kind == 1 then
    call("find", string.find, function(...) return string.find(...) end, s, p, chance(25) and number() or nil, chance(10))
  elseif kind == 2 then
    call("match", string.match, function(...) return string.match(...) end, s, p, chance(25) and number() or nil)
  elseif kind == 3 then
    local replacement = chance(50) and pick(replacements) or chance(60) and pick(answers) or { a = "1", ab = 2, b = false, [1] = "one" }
    if chance(3) then replacement = value() end
    call("gsub", string.gsub, function(...) return string.gsub(...) end, s, p, replacement, chance(25) and number() or nil)
  else
    report("gmatch " .. shown(s) .. " " .. shown(p), pcall(function(init)
      local found = {}
      for a, b, c in string.gmatch(s, p, init) do
        found[#found + 1] = shown(a) .. shown(b) .. shown(c)
        if #found > 60 then break end
      end
      return table.concat(found, ";")
    end, chance(30) and number() or nil))
  end
end

local function formatting()
  local f, a = {}, {}
  for _ = 1, random(3) do
    local flags = ""
    for _ = 1, random(3) - 1 do flags = flags .. pick { "-", "+", " ", "0", "#" } end
    local letter = pick { "d", "d", "i", "u", "c", "x", "X", "o", "e", "E", "f", "g", "G", "a", "A", "q", "s", "s", "%", "y", "F", "", "." }
    f[#f + 1] = pick { "", "", "a", " ", "%%", "\0" } .. "%" .. flags .. pick { "", "", "", "1", "5", "12", "99", "100", "007" }
      .. pick { "", "", "", ".0", ".3", ".14", ".", ".99", ".100", ".2.3" } .. letter
    if letter ~= "%" or flags ~= "" then
      local v = chance(75) and number() or text()
      if letter == "q" and chance(30) then v = pick { {}, true } end
      if letter == "q" and chance(20) then v = nil end
      a[#a + 1] = v == nil and false or v
    end
  end
  if chance(8) then a[#a] = nil end
  call("format", string.format, function(...) return string.format(...) end, table.concat(f), table.unpack(a))
end

local function packing()
  local f, a = {}, {}
  for _ = 1, random(4) do
    local o = pick { "b", "B", "h", "H", "l", "L", "j", "J", "T", "f", "d", "n", "i", "I", "i1", "i3", "i7", "i8", "i9", "i16",
      "i17", "i0", "I1", "I2", "I5", "I12", "s", "s1", "s2", "s9", "z", "x", "X", "Xi4", "Xd", "c0", "c3", "c10", "c", "!", "!2",
      "!4", "!3", "!16", "<", ">", "=", " ", "y", "!0", "Xs2", "Xz", "X!", "XX" }
    f[#f + 1] = o
    a[#a + 1] = chance(70) and number() or text()
  end
  local format = table.concat(f)
  local kind = random(3)
  if kind == 1 then call("pack", string.pack, function(...) return string.pack(...) end, format, table.unpack(a)) end
  if kind == 2 then call("packsize", string.packsize, function(...) return string.packsize(...) end, format) end
  if kind == 3 then
    call("unpack", string.unpack, function(...) return string.unpack(...) end, format,
      chance(50) and bytes(40) or ("\1\0\xff\127"):rep(8), chance(40) and number() or nil)
  end
  local ok, packed = pcall(string.pack, format, table.unpack(a))
  if ok then report("back", pcall(string.unpack, format, packed)) end
end

-- Whether the first mistake of a text is a byte that continues nothing: stock Lua 5.4.4 goes past it.
local function astray(s, lax)
  local n, place = utf8.len(s, 1, -1, lax)
  return not n and s:byte(place) & 0xc0 == 0x80
end
local codes = { 0, 65, 127, 128, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdfff, 0xe000, 0xffff, 0x10000, 0x10ffff, 0x110000, 0x7fffffff }
local function unicode()
  local t = {}
  for i = 1, random(6) - 1 do t[i] = chance(85) and utf8.char(pick(codes)) or bytes(3) end
  local s = table.concat(t)
  local kind = random(5)
  if kind == 1 then
    local c = {}
    for i = 1, random(4) do c[i] = chance(90) and pick(codes) or number() end
    return call("char", utf8.char, function(...) return utf8.char(...) end, table.unpack(c))
  end
  if kind == 2 then
    return call("codepoint", utf8.codepoint, function(...) return utf8.codepoint(...) end, s, chance(60) and small() or nil,
      chance(60) and small() or nil, chance(30) or nil)
  end
  if kind == 3 then
    return call("utf8len", utf8.len, function(...) return utf8.len(...) end, s, chance(40) and number() or nil,
      chance(40) and number() or nil, chance(30) or nil)
  end
  if kind == 4 then
    return call("offset", utf8.offset, function(...) return utf8.offset(...) end, s, number(), chance(50) and small() or nil)
  end
  local lax = chance(30)
  if astray(s, lax) then return end
  report("codes" .. shown(s), pcall(function()
    local found = {}
    for p, c in utf8.codes(s, lax) do found[#found + 1] = p .. ":" .. c end
    return table.concat(found, " ")
  end))
end

local function strings()
  local name = pick { "sub", "byte", "rep", "reverse", "lower", "upper", "len", "char", "find" }
  local a = { chance(95) and text() or value(), number(), chance(50) and number() or nil }
  if name == "rep" then
    a = { bytes(5), random(40) - 5, chance(50) and bytes(3) or nil }
    if a[1] ~= "" and chance(10) then a[2] = pick { 1 << 31, 1e15, 1 << 62, math.maxinteger } end
  end
  if name == "char" then for i = 1, 3 do a[i] = chance(80) and random(256) - 1 or number() end end
  if name == "find" then a = { subject(), chance(80) and bytes(2) or subject(), chance(30) and number() or nil, true } end
  if chance(4) then a[random(3)] = value() end
  if name == "rep" and (type(a[2]) ~= "number" or a[2] > 50 and (a[2] < 1 << 31 or a[1] == "")) then return end
  call(name, string[name], function(...) return string[name](...) end, table.unpack(a, 1, 4))
end

local function tables()
  local t = chance(90) and sequence() or value()
  local kind = random(6)
  if kind == 1 then
    local place = chance(60) and number() or nil
    if place then call("insert", table.insert, function(...) return table.insert(...) end, t, place, number())
    else call("insert", table.insert, function(...) return table.insert(...) end, t, number()) end
  elseif kind == 2 then
    call("remove", table.remove, function(...) return table.remove(...) end, t, chance(60) and number() or nil)
  elseif kind == 3 then
    local last = chance(40) and number() or nil
    if math.type(last) and last > 1e6 then last = 5 end
    call("concat", table.concat, function(...) return table.concat(...) end, t, chance(60) and text() or nil,
      chance(40) and small() or nil, last)
  elseif kind == 4 then
    call("unpack", table.unpack, function(...) return table.unpack(...) end, t, chance(50) and number() or nil,
      chance(50) and number() or nil)
  elseif kind == 5 then
    local from, last, to = small(), small(), number()
    if chance(20) then from, last = pick(integers), pick(integers) end
    if last >= from and (last - from > 1000 or last - from < 0) and not (from <= 0 and last > math.maxinteger + from)
      and not (to > math.maxinteger - (last - from)) then return end
    call("move", table.move, function(...) return table.move(...) end, t, from, last, to, chance(40) and sequence() or nil)
  else
    call("tpack", table.pack, function(...) return table.pack(...) end, value(), value(), number())
  end
  report("after", t)
end

local function sorting()
  local t, kind = {}, random(4)
  for i = 1, random(40) - 1 do
    t[i] = kind == 1 and random(50) or kind == 2 and (random(200) - 100) / 8 or kind == 3 and bytes(10)
      or (chance(50) and random(10) or random(80) / 8) + 0.0
  end
  local comparator = pick { false, false, function(a, b) return a > b end, function(a, b) return a < b end }
  report("sort", pcall(table.sort, t, comparator or nil))
  report("sorted", t)
  local mixed = { number(), text(), number() }
  report("mixed", pcall(table.sort, mixed))
  report("argument", pcall(table.sort, chance(50) and {} or { 1 }, value()), (pcall(table.sort, { 2, 1 }, 1)))
end

local base = {
  tonumber = { tonumber, function(...) return tonumber(...) end }, select = { select, function(...) return select(...) end },
  rawlen = { rawlen, function(...) return rawlen(...) end }, rawequal = { rawequal, function(...) return rawequal(...) end },
  rawget = { rawget, function(...) return rawget(...) end }, rawset = { rawset, function(...) return rawset(...) end },
  type = { type, function(...) return type(...) end }, error = { error, function(...) return error(...) end },
  assert = { assert, function(...) return assert(...) end }, pcall = { pcall, function(...) return pcall(...) end },
  setmetatable = { setmetatable, function(...) return setmetatable(...) end },
  getmetatable = { getmetatable, function(...) return getmetatable(...) end },
  ipairs = { ipairs, function(...) return ipairs(...) end }, pairs = { pairs, function(...) return pairs(...) end },
  xpcall = { xpcall, function(...) return xpcall(...) end },
}
local names = { "tonumber", "tonumber", "tonumber", "select", "rawlen", "rawequal", "rawget", "rawset", "type", "error", "assert",
  "pcall", "setmetatable", "getmetatable", "ipairs", "pairs", "xpcall" }
local function basics()
  local name = pick(names)
  local a, n = {}, random(4) - 1
  for i = 1, n do a[i] = value() end
  if name == "tonumber" and chance(70) then a, n = { text(), random(40) }, 2 end
  if name == "tonumber" and chance(40) then a, n = { text() }, 1 end
  if name == "getmetatable" and type(a[1]) == "string" then return end
  -- Further out are the frames of whatever loaded this text.
  if name == "error" and tonumber(a[2]) and tonumber(a[2]) > 3 then a[2] = 2 end
  call(name, base[name][1], base[name][2], table.unpack(a, 1, n))
end

local function arithmetic()
  local a, b = chance(70) and text() or number(), chance(60) and number() or value()
  if chance(50) then a, b = b, a end
  report("arithmetic " .. shown(a) .. " " .. shown(b),
    (select(2, pcall(function() return a + b end))), (select(2, pcall(function() return a - b end))),
    (select(2, pcall(function() return a * b end))), (select(2, pcall(function() return a / b end))),
    (select(2, pcall(function() return a % b end))), (select(2, pcall(function() return a // b end))),
    (select(2, pcall(function() return a ^ b end))), (select(2, pcall(function() return -a end))),
    (select(2, pcall(function() return a .. b end))), (select(2, pcall(function() return a & b end))))
end

local function garbage()
  local library = pick { string, table, utf8 }
  local name = pick { "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack", "packsize", "reverse",
    "sub", "unpack", "upper", "concat", "insert", "remove", "codepoint", "offset", "codes" }
  local f = library[name]
  if not f then return end
  local a = {}
  for i = 1, random(5) - 1 do a[i] = value() end
  if library == table and (name == "concat" or name == "unpack") then
    for i = 2, 4 do if math.type(a[i]) and a[i] > 1e5 then a[i] = 3 end end
    for i = 3, 4 do a[i] = nil end
  end
  if name == "format" and type(a[1]) == "string" and a[1]:find("[sp]") then return end
  if name == "codes" then return end
  call(name, f, function(...) return library[name](...) end, table.unpack(a, 1, 4))
end

-- A metatable that learns its fields before, while and after it is one; it may be its own, or another's.
local events = { "__index", "__newindex", "__add", "__sub", "__mod", "__unm", "__len", "__eq", "__lt", "__le",
  "__band", "__bnot", "__shl", "__tostring", "__pairs", "__metatable" }
local function handler(event)
  if event == "__index" and chance(40) then return { x = "from a table", [1] = "one" } end
  if event == "__newindex" then return function(t, k, v) rawset(t, k, tostring(v) .. "!") end end
  if event == "__tostring" then return function() return chance(95) and "text" or 5 end end
  if event == "__metatable" then return "locked" end
  if event == "__pairs" then return function(t) return function(_, i) if i < 3 then return i + 1, "p" end end, t, 0 end end
  return function(a, b) return event .. type(a) .. type(b) end
end
local probes = {
  function(t) return t.x, t[1] end, function(t) t.y = 1 return rawget(t, "y") end, function(t) return t + 1, 1 - t end,
  function(t) return t % t end, function(t) return -t end, function(t) return #t end,
  function(t, u) return t == u, t ~= u end, function(t, u) return t < u, t > u end, function(t, u) return t <= u end,
  function(t) return t & 1 end, function(t) return ~t end, function(t) return 1 << t end,
  function(t, u, m) return getmetatable(t) == m, getmetatable(t) end, function(t) return t() end,
  function(t) local n = "" for _, v in pairs(t) do n = n .. v end return n end,
}
local function metatables()
  local m = {}
  local function learn(count)
    for _ = 1, random(count) - 1 do
      local event = pick(events)
      -- An assignment to a field that is there already does not reach a table that is its own metatable; rawset does.
      if chance(30) then rawset(m, event, chance(80) and handler(event) or nil)
      elseif rawget(m, event) == nil and rawget(m, "__newindex") == nil then m[event] = handler(event) end
    end
  end
  learn(5)
  local own = chance(30)
  local t, u = own and m or {}, {}
  for _, x in ipairs { t, u } do
    pcall(setmetatable, x, m)
    learn(4)
  end
  if getmetatable(t) == nil then return end
  for _ = 1, 3 do
    local i = random(#probes)
    if not (own and i == #probes) then report("probe" .. i, pcall(probes[i], t, u, m)) end
  end
  if chance(20) then report("removed", pcall(setmetatable, t, nil), pcall(probes[1], t)) end
end

-- Iterators kept in variables and called by hand, with their own table or text or with what is neither, and with any
-- control value.
local function iterating()
  local t, kind = sequence(), random(4)
  if kind == 4 then
    for i = 1, #t do t[i] = utf8.char(pick { 65, 127, 128, 0x7ff, 0x800, 0xe000, 0x10000 }) end
    t = table.concat(t)
  end
  local f = kind == 1 and pairs(t) or kind == 2 and ipairs(t) or kind == 3 and string.gmatch(subject(), "%w*") or utf8.codes(t)
  for _ = 1, 3 do
    local receiver, control = chance(40) and t or value(), nil
    if type(receiver) == "table" or kind == 4 and type(receiver) == "string" then receiver = t end
    if chance(90) then control = chance(50) and small() or value() end
    -- Keys that a list has room for, but no value, stock Lua takes.
    if kind == 1 and math.type(control) and control > #t then control = #t end
    call("iterator" .. kind, f, function(...) return f(...) end, receiver, control)
  end
end

local kinds = { matching, matching, matching, formatting, packing, unicode, strings, tables, sorting, basics, basics, arithmetic, metatables,
  garbage, iterating }
while case < COUNT do pick(kinds)() end
