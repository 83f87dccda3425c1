import LuaSandbox
import Testing

/// The functions that run in C, where no hook fires: they bill their work before they do it, check ranges first, and
/// look at the clock while they are at it. Lengths and counts are what a hostile script would claim.
struct LibraryWorkTests {
    /// A table that says it has so many elements.
    private static func claiming(_ length: String) -> String {
        "setmetatable({}, { __len = function() return \(length) end, __index = function() return '' end, "
            + "__newindex = function() end })"
    }

    static let endless = [
        "table.move({}, 1, 1 << 50, 2)", "table.move({}, 1, math.maxinteger, 1, {})",
        "table.insert(\(claiming("1 << 50")), 1, 1)", "table.remove(\(claiming("1 << 50")), 1)",
        "table.concat(\(claiming("1 << 50")))", "table.concat(\(claiming("math.maxinteger")), '')",
        "table.sort(\(claiming("2000000000")), rawequal)", "table.unpack(\(claiming("900000")))",
        // Patterns: one quantifier is quadratic, more of them worse.
        "local s = ('a'):rep(300000) s:find('.-b')", "local s = ('a'):rep(300000) s:gsub('a*b', '')",
        "local s = ('a'):rep(300000) s:match('(.-)(.-)(.-)b')", "('a'):rep(200):match(('.-'):rep(20) .. 'b')",
        "('a'):rep(40):match(('a?'):rep(40) .. ('a'):rep(41))", "local s = ('('):rep(100000) s:find('%b()')",
        "local s = ('a'):rep(300000) s:match('(a*)%1b')", "for w in ('a'):rep(300000):gmatch('a-b') do end",
        "local s = ('a'):rep(300000) while true do s:find('%f[b]') end",
        "local s = ('a'):rep(1000) while true do s:find('b') end",
        // Work that is linear, again and again.
        "local s = ('x'):rep(100000) while true do s:upper() end",
        "local s = ('x'):rep(100000) while true do s:lower() end",
        "local s = ('x'):rep(100000) while true do s:reverse() end",
        "local s = ('x'):rep(100000) while true do s:rep(3) end",
        "local s = ('x'):rep(100000) while true do s:sub(2) end",
        "local s = ('x'):rep(100000) while true do s:byte(1, -1) end",
        "local s = ('x'):rep(100000) while true do s:find('y', 1, true) end",
        "local s = ('x'):rep(100000) while true do s:gsub('x', 'y') end",
        "local s = ('x'):rep(100000) while true do s:format() end",
        "local s = ('x'):rep(100000) while true do ('%s%s'):format(s, s) end",
        "local s = ('x'):rep(100000) while true do ('%q'):format(s) end",
        "local s = ('x'):rep(100000) while true do s:pack() end",
        "local s = ('b'):rep(100000) while true do s:packsize() end",
        "local s = ('z'):rep(1000) while true do pcall(string.unpack, s, s) end",
        "local s = ('1'):rep(100000) while true do tonumber(s, 10) tonumber(s) end",
        "local s = ('é'):rep(100000) while true do utf8.len(s) end",
        "local s = ('é'):rep(100000) while true do utf8.codepoint(s, 1, -1) end",
        "local s = ('é'):rep(100000) while true do utf8.offset(s, 99999) end",
        "local s = ('é'):rep(100000) while true do for p, c in utf8.codes(s) do end end",
        "local t = {} for i = 1, 1000 do t[i] = -i end while true do table.sort(t) end",
        "local t = {} for i = 1, 1000 do t['k' .. i] = i end while true do next(t) end",
        "local t = {} for i = 1, 1000 do t['k' .. i] = i end while true do next(t, 'k7') end",
        "local t = {} for i = 1, 1000 do t[i] = 'x' end while true do table.concat(t, ', ') end",
        "local t = {} for i = 1, 1000 do t[i] = i end while true do table.pack(table.unpack(t)) end",
        "while true do xpcall(error, error) end", "while true do pcall(string.rep) end",
        "while true do print('x') end",
    ]

    @Test(arguments: endless) func itIsBilled(_ script: String) throws {
        let outcome = try run("pcall(function() \(script) end) while true do end", limits: .fuel(2_000_000))
        #expect(outcome.failure?.code == .fuelLimit)
        #expect(outcome.failure?.line == 1)
    }

    /// Nothing here waits: a script without end that comes back was stopped.
    @Test(arguments: endless) func theClockStopsIt(_ script: String) throws {
        let outcome = try run("pcall(function() \(script) end) while true do end", limits: .cpu(0.02))
        #expect(outcome.failure?.code == .cpuLimit)
    }

    @Test(arguments: endless) func theBillIsTheSameOnEveryRun(_ script: String) throws {
        let fuel = try (0..<2).map { _ in
            try run("pcall(function() \(script) end) while true do end", limits: .fuel(500_000)).usage.fuel
        }
        #expect(fuel[0] == fuel[1])
    }

    /// What cannot fit ends the script, before the work is begun.
    @Test(arguments: [
        "('x'):rep(1 << 30)", "('xy'):rep(1 << 29)", "('x'):rep(1 << 10, ('y'):rep(1 << 20))",
        "string.pack('c200000000', '')", "('x'):rep(100000):gsub('x', ('y'):rep(100000))",
        "table.concat({ 1, 2, 3 }, ('x'):rep(3000000))", "('x'):rep(1000000):find(('[x]'):rep(1000000))",
        "string.format(('%s'):rep(100), table.unpack((function() local t, s = {}, ('x'):rep(100000) "
            + "for i = 1, 100 do t[i] = s end return t end)()))",
    ])
    func whatCannotFitEndsTheScript(text: String) throws {
        let outcome = try run("pcall(function() return \(text) end) return 1", limits: .memory(4 << 20))
        #expect(outcome.failure?.code == .memoryLimit)
        #expect(outcome.usage.memoryPeak < 4 << 20)
    }

    /// Texts of equal bytes lead a naive search astray: it would look at the piece from every place.
    @Test func plainFindIsLinear() throws {
        let pieces = [
            "local s, p = ('a'):rep(2 * a), ('a'):rep(a // 2) .. 'b'",
            "local s, p = ('ab'):rep(a), ('ab'):rep(a // 4) .. 'b'",
            "local s, p = ('a'):rep(2 * a), 'b' .. ('a'):rep(a // 2)",
            "local s, p = (('a'):rep(99) .. 'c'):rep(a // 50), (('a'):rep(99) .. 'c'):rep(a // 200) .. 'a'",
        ]
        for piece in pieces {
            let fuel = try [100_000, 200_000].map { size in
                try run("\(piece) s:find(p, 1, true) return 1", [.integer(size)], limits: .fuel(1 << 40)).usage.fuel
                    ?? 0
            }
            #expect(fuel[1] <= 2 * fuel[0] + 2000, "\(piece)")
        }
    }

    /// Against a model: every place, with pieces that repeat themselves.
    @Test func plainFindFindsTheFirst() throws {
        let body = """
            local function slow(s, p)
              for i = 1, #s - #p + 1 do if s:sub(i, i + #p - 1) == p then return i end end
            end
            local seed, wrong = 1, 0
            local function random(n) seed = seed * 6364136223846793005 + 1442695040888963407 return (seed >> 33) % n + 1 end
            local function text(n) local t = {} for i = 1, n do t[i] = random(8) == 1 and 'b' or 'a' end return table.concat(t) end
            for i = 1, 300 do
              local part = text(random(12))
              local piece = part:rep(random(400)) .. text(random(6) - 1)
              local s = (part:rep(random(900)) .. text(random(20))):rep(2) .. (random(2) == 1 and piece or '')
              if s:find(piece, 1, true) ~= slow(s, piece) then wrong = wrong + 1 end
            end
            return wrong
            """
        #expect(try value(of: body) == 0)
    }

    @Test func patternsHaveABoundedDepth() throws {
        #expect(try value(of: "return (('a'):rep(199):find(('a?'):rep(199)))") == 1)
        let deep = try failure(of: "('a'):rep(300):find(('a?'):rep(300))")
        #expect(deep.message == "script:1: pattern too complex")
        #expect(try failure(of: "('a'):find(('('):rep(33) .. 'a')").message == "script:1: too many captures")
        // Repetition alone has no depth.
        #expect(try value(of: "return select(2, ('ab'):rep(100000):find('^[ab]*$'))") == 200_000)
        #expect(try value(of: "return #('x'):rep(100000):match('^(.-)$')") == 100_000)
    }

    /// Calls back into the script from C are nested at most 200 deep.
    @Test(arguments: [
        "local function f(s) return (s:gsub('.', f)) end f('x')",
        "local function f() table.sort({ 2, 1 }, f) end f()",
        "local m = {} m.__index = function(t) return t.x end local t = setmetatable({}, m) return t.x",
        "local m = {} m.__lt = function(a, b) return a < b end local t = setmetatable({}, m) return t < t",
        "local m = {} m.__tostring = function(t) return tostring(t) end return tostring(setmetatable({}, m))",
        "local m = {} m.__index = function(t, i) return table.concat(t, '', 1, 2) end table.concat(setmetatable({}, m), '', 1, 2)",
        "local m = {} m.__newindex = function(t, k, v) table.insert(t, v) end table.insert(setmetatable({}, m), 1)",
        "local m = {} m.__len = function(t) return table.unpack(t) end table.unpack(setmetatable({}, m))",
    ])
    func depthIsAnErrorThatCanBeCaught(body: String) throws {
        #expect(try failure(of: body, limits: .fuel(10_000_000)).code == .luaError)
        #expect(try value(of: "return (pcall(function() \(body) end))", limits: .fuel(10_000_000)) == false)
    }

    /// A stopped script stays stopped in the middle of a callback from C.
    @Test(arguments: [
        "table.sort({ 3, 2, 1 }, function() SPIN end)", "('abc'):gsub('.', function() SPIN end)",
        "table.concat(setmetatable({}, { __index = function() SPIN end }), '', 1, 3)",
        "table.unpack(setmetatable({}, { __len = function() SPIN end }))",
        "table.move({}, 1, 3, 1, setmetatable({}, { __newindex = function() SPIN end }))",
        "('abc'):gsub('.', setmetatable({}, { __index = function() SPIN end }))",
        "tostring(setmetatable({}, { __tostring = function() SPIN end }))",
        "('%s'):format(setmetatable({}, { __tostring = function() SPIN end }))",
        "for _ in ipairs(setmetatable({}, { __index = function() SPIN end })) do end",
        "local x = '1' + setmetatable({}, { __add = function() SPIN end })",
    ])
    func callbacksAreStoppedForGood(call: String) throws {
        let spin = "while true do pcall(function() while true do end end) end"
        let script = "while true do pcall(function() \(call.replacing("SPIN", with: spin)) end) end"
        #expect(try failure(of: script, limits: .fuel(100_000)).code == .fuelLimit)
    }
}
