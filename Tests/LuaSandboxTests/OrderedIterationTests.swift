import LuaSandbox
import PlumblineTestSupport
import Statistics
import Testing

/// `pairs` and `next` go through integers ascending, then strings by byte, on every run and in every process.
struct OrderedIterationTests {
    private static let collect = "local keys = {} for k in pairs(t) do keys[#keys + 1] = k end return keys"

    static let tables: [(String, LuaValue)] = [
        ("{}", []),
        ("{ 5, 6, 7 }", [1, 2, 3]),
        ("{ 5, nil, 7 }", [1, 3]),
        ("{ nil, nil, 7 }", [3]),
        ("{ b = 1, a = 2, c = 3 }", ["a", "b", "c"]),
        ("{ b = 1, 5, a = 2, 6 }", [1, 2, "a", "b"]),
        ("{ [3] = 1, [-1] = 1, [0] = 1, [2] = 1 }", [-1, 0, 2, 3]),
        ("{ [2.0] = 1, [1] = 1 }", [1, 2]),
        ("{ [math.maxinteger] = 1, [math.mininteger] = 1, x = 1 }", [.integer(.min), .integer(.max), "x"]),
        ("{ ['10'] = 1, ['9'] = 1, [10] = 1, [9] = 1 }", [9, 10, "10", "9"]),
        ("{ B = 1, a = 1, A = 1, b = 1, [''] = 1 }", ["", "A", "B", "a", "b"]),
        ("{ ab = 1, a = 1, abc = 1, b = 1 }", ["a", "ab", "abc", "b"]),
        ("{ ['é'] = 1, z = 1, ['~'] = 1 }", ["z", "~", "é"]),
        ("{ ['a\\0b'] = 1, a = 1, ['a\\0a'] = 1 }", ["a", "a\0a", "a\0b"]),
    ]

    @Test(arguments: tables) func keysComeInOrder(table: String, keys: LuaValue) throws {
        #expect(try value(of: "local t = \(table) \(Self.collect)") == keys)
        let byNext =
            "local t, keys, k = \(table), {}, nil repeat k = next(t, k) keys[#keys + 1] = k until k == nil return keys"
        #expect(try value(of: byNext) == keys)
    }

    /// Against a model: the same keys put in by many roads, so that Lua holds them in its list and in its hash part in
    /// every mixture.
    @Test func anyTableComesInOrder() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<400 {
            let (script, keys) = Self.randomTable(&random)
            #expect(try value(of: "\(script) \(Self.collect)") == .table(LuaTable(list: keys)), "\(script)")
        }
    }

    private static func randomTable(_ random: inout SplitMix64) -> (script: String, keys: [LuaValue]) {
        var integers: Set<Int> = []
        var strings: Set<String> = []
        let start = random.pick(["{}", "{ x = 1, y = 1, z = 1 }", "{ 1, 2, 3 }", "{ x = 1, 1, 2, y = 1 }"])
        if start.contains("x") { strings.formUnion(["x", "y"]) }
        if start.contains("z") { strings.insert("z") }
        if start.contains("1, 2") { integers.formUnion([1, 2]) }
        if start.contains("3 }") { integers.insert(3) }
        var script = "local t = \(start)"
        for _ in 0..<Int.random(in: 0...14, using: &random) {
            switch Int.random(in: 0..<5, using: &random) {
            case 0:
                let name = random.pick(["a", "b", "x", "aa", "Z", "_", "k1", "k2", "k3"])
                strings.insert(name)
                script += " t.\(name) = 1"
            case 1:
                guard let gone = strings.sorted().randomElement(using: &random) else { continue }
                strings.remove(gone)
                script += " t.\(gone) = nil"
            case 2:
                guard let gone = integers.sorted().randomElement(using: &random) else { continue }
                integers.remove(gone)
                script += " t[\(gone)] = nil"
            default:
                let key = Int.random(in: -2...9, using: &random)
                integers.insert(key)
                script += " t[\(key)] = 1"
            }
        }
        let texts = strings.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (script, integers.sorted().map { .integer(Int64($0)) } + texts.map { .string($0) })
    }

    /// The order of Lua's own hash part differs from state to state; ours does not.
    @Test func theOrderIsTheSameInEveryState() throws {
        let body = """
            local t = {}
            for i = 1, 300 do t['key' .. (i * 7919) % 997] = i end
            t[1] = 'one'
            local order = {}
            for k, v in pairs(t) do order[#order + 1] = k .. '=' .. v end
            return table.concat(order, ' ')
            """
        let orders = try (0..<20).map { _ in try value(of: body).asString }
        #expect(Set(orders).count == 1)
        #expect(orders[0]?.hasPrefix("1=one key") == true)
    }

    @Test(arguments: ["{ [1.5] = 1 }", "{ [true] = 1 }", "{ [{}] = 1 }", "{ [print] = 1 }", "{ 1, 2, [0.5] = 1 }"])
    func otherKeysAreAnError(table: String) throws {
        for call in ["for k in pairs(t) do end", "next(t)"] {
            let failure = try failure(of: "local t = \(table) \(call)")
            #expect(failure.code == .luaError)
            #expect(failure.message.contains("need keys that are integers or strings, not"))
        }
    }

    @Test func whatGoesDuringALoopIsSkipped() throws {
        let body = """
            local t = { 1, 2, 3, 4, a = 1, b = 2, c = 3 }
            local seen = {}
            for k in pairs(t) do
              seen[#seen + 1] = k
              t[k] = nil
              if k == 1 then t[3] = nil end
              if k == 'a' then t.b = nil end
            end
            return seen
            """
        #expect(try value(of: body) == [1, 2, 4, "a", "c"])
    }

    @Test func whatChangesDuringALoopIsSeen() throws {
        let body = """
            local t = { a = 1, b = 2, c = 3 }
            local sum = 0
            for k, v in pairs(t) do
              sum = sum + v
              if k == 'a' then t.c = 30 end
            end
            local list = { 1, 2, 3 }
            for i, v in pairs(list) do
              sum = sum + v
              if i == 1 then list[3] = 100 end
            end
            return sum
            """
        #expect(try value(of: body) == 136)
    }

    @Test func whatIsAddedDuringALoopDoesNotComeUp() throws {
        let body = """
            local t = { a = 1, b = 2 }
            local n = 0
            for k, v in pairs(t) do n = n + 1 t[k .. k .. n] = v end
            local list = { 1, 2, 3 }
            for i in pairs(list) do n = n + 1 list[#list + 1] = i end
            return n
            """
        #expect(try value(of: body) == 5)
    }

    @Test func loopsInLoopsDoNotDisturbEachOther() throws {
        let body = """
            local t = { a = 1, b = 2, 10, 20 }
            local seen = {}
            for k in pairs(t) do for j in pairs(t) do seen[#seen + 1] = k .. j end end
            return table.concat(seen, ' ')
            """
        #expect(try value(of: body) == "11 12 1a 1b 21 22 2a 2b a1 a2 aa ab b1 b2 ba bb")
    }

    @Test func nextWorksOnTablesInTurn() throws {
        let body = """
            local s, t = { a = 1, b = 2 }, { c = 3, d = 4 }
            local seen, i, j = {}, nil, nil
            repeat
              i = next(s, i)
              j = next(t, j)
              seen[#seen + 1] = i
              seen[#seen + 1] = j
            until i == nil
            return seen
            """
        #expect(try value(of: body) == ["a", "c", "b", "d"])
    }

    @Test func nextKnowsKeysThatCameLater() throws {
        #expect(try value(of: "local t = { a = 1 } next(t) t.b = 2 t.c = 3 return next(t, 'b')") == "c")
        #expect(try value(of: "local t = { 1 } next(t) t[2] = 2 t[3] = 3 return next(t, 2)") == 3)
    }

    @Test func nextRefusesAKeyThatIsNotThere() throws {
        #expect(try failure(of: "next({ a = 1 }, 'b')").message.contains("invalid key to 'next'"))
        #expect(try failure(of: "next({ a = 1 }, 1)").message.contains("invalid key to 'next'"))
        #expect(try failure(of: "next(1)").code == .luaError)
        #expect(try failure(of: "pairs()").code == .luaError)
    }

    @Test func nextTellsAnEmptyTable() throws {
        #expect(try value(of: "return { next({}) == nil, (next({ 1 })), (next({ x = 1 })) }") == [true, 1, "x"])
        #expect(try value(of: "local t = { x = 1 } t.x = nil return next(t) == nil") == true)
    }

    @Test func whatIndexAndLengthClaimDoesNotChangeTheLoop() throws {
        let body = """
            local t = setmetatable({ 1, 2, x = 3 }, {
              __index = function() return 'lie' end, __len = function() return 1e9 end })
            local n = 0
            for k, v in pairs(t) do n = n + v end
            return n
            """
        #expect(try value(of: body) == 6)
    }

    @Test func pairsAsksTheTablesOwn() throws {
        let body = """
            local function step(t, i) if i < #t then return i + 1, t[i + 1] * 10 end end
            local mt = { __pairs = function(t) return step, t, 0 end }
            local found = {}
            for k, v in pairs(setmetatable({ 1, 2, 3 }, mt)) do found[#found + 1] = v end
            local few = table.pack(pairs(setmetatable({}, { __pairs = function() return 'only' end })))
            return { found[1], found[2], found[3], few[1], few.n, next(setmetatable({ 7 }, mt)) }
            """
        #expect(try value(of: body) == [10, 20, 30, "only", 3, 1, 7])
        let failure = try failure(of: "pairs(setmetatable({}, { __pairs = 1 }))")
        #expect(failure.message.contains("attempt to call a number value"))
    }

    /// Short lists of one length share their iterator, which must know nothing of the list.
    @Test func loopsWithinLoopsAreApart() throws {
        let body = """
            local a, b, found = { 1, 2, 3 }, { 10, 20, 30 }, {}
            for _, x in pairs(a) do
              for _, y in pairs(b) do found[#found + 1] = x + y end
              a[2] = nil
            end
            return found
            """
        #expect(try value(of: body) == [11, 21, 31, 13, 23, 33])
    }

    @Test func nextOfAListThatIsBeingEmptied() throws {
        let body = """
            local t, order = { 5, 6, 7, x = 8, [-1] = 9 }, {}
            for k in next, t do order[#order + 1] = k t[k] = nil end
            local list, seen = { 1, 2, 3, 4 }, 0
            while next(list) do local k = next(list) list[k] = nil seen = seen * 10 + k end
            local kept = { 1, 2, 3 }
            for k, v in next, kept do kept[k] = v * 2 end
            return { table.concat(order, ' '), next(t) == nil, seen, table.concat(kept, ' ') }
            """
        #expect(try value(of: body) == ["-1 1 2 3 x", true, 1234, "2 4 6"])
    }

    @Test func aLoopOverManyKeysIsNotQuadratic() throws {
        // Work is billed by the key, so the bill tells.
        let body = """
            local t = {}
            for i = 1, a do t['k' .. i] = i end
            local n, k = 0, next(t)
            while k do n = n + 1 k = next(t, k) end
            return n
            """
        let fuel = try [1000, 2000].map { count in
            try run(body, [.integer(count)], limits: .fuel(1 << 40)).usage.fuel ?? 0
        }
        #expect(fuel[1] < 3 * fuel[0])
    }

    private static let iterators = [
        "pairs({ 1, 2 })", "pairs({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })", "pairs({})", "pairs({ a = 1 })",
        "pairs({ 1, nil, 3 })", "next",
    ]

    /// What `pairs` gives is called by hand with everything that is no table.
    @Test(arguments: iterators) func iteratorsTakeOnlyTables(iterator: String) throws {
        let receivers = [
            "nil", "true", "5", "2^53", "0/0", "''", "('x'):rep(100)", "('A'):rep(200)", "print", "box()", "f",
        ]
        for receiver in receivers {
            for control in ["nil", "0", "1", "2", "-1", "math.mininteger", "math.maxinteger", "'a'"] {
                let message = try failure(of: "local f = \(iterator) f(\(receiver), \(control))").message
                #expect(message.contains("bad argument #1 to 'f' (table expected, got "), "\(receiver), \(control)")
            }
        }
        #expect(try failure(of: "(\(iterator))(5, 0)").message.contains("#1 to 'next' (table expected, got number)"))
        #expect(try failure(of: "(\(iterator))()").message.contains("#1 to 'next' (table expected, got no value)"))
        #expect(try failure(of: "(\(iterator))(box())").message.contains("#1 to 'next' (table expected, got box)"))
        let loop = "for k in (\(iterator)), 5, 1 do end"
        #expect(try failure(of: loop).message.contains("#1 to 'for iterator' (table expected, got number)"))
    }

    @Test(arguments: [
        "0", "3", "-1", "1.0", "1.5", "0/0", "1/0", "2^53", "'1'", "'x'", "true", "{}", "print", "math.mininteger",
        "math.maxinteger",
    ])
    func iteratorsOfListsTakeOnlyTheirKeys(control: String) throws {
        for iterator in ["pairs(t)", "next"] {
            let body = "local t = { 1, 2 } local f = \(iterator) f(t, \(control))"
            #expect(try failure(of: body, limits: .fuel(10_000)).message.contains("invalid key to 'next'"))
        }
    }

    /// By hand an iterator goes on where it is told to, whatever has become of the table.
    @Test func iteratorsGoOnByHand() throws {
        let body = """
            local list, keys = { 5, 6, 7 }, { a = 1, b = 2 }
            local f, g = pairs(list), pairs(keys)
            local seen = { (f(list)), (f(list, 2)), (f(list, 1)), (g(keys)), (g(keys)), (g(keys, 'a')) }
            list[2], list[4], keys.a = nil, 8, nil
            seen[#seen + 1] = f(list, 1)
            seen[#seen + 1] = f(list, 3) == nil
            seen[#seen + 1] = g(keys)
            seen[#seen + 1] = f({ 1 }, 2) == nil and select('#', f({ 1 }, 2)) == 1
            return seen
            """
        #expect(try value(of: body) == [1, 3, 2, "a", "a", "b", 3, true, "b", true])
    }

    /// An element that is gone costs as much as one that is there.
    @Test(arguments: ["pairs(t)", "next"]) func holesAreBilled(iterator: String) throws {
        let body = """
            local t = {}
            for i = 1, a do t[i] = i end
            local f, k = \(iterator), next(t, next(t))
            for i = 3, a do t[i] = nil end
            return f(t, k) == nil
            """
        func fuel(_ body: String, _ count: Int64) throws -> UInt64 {
            try run(body, [.integer(count)], limits: .fuel(1 << 40)).usage.fuel ?? 0
        }
        let filling = body.replacing("return f(t, k) == nil", with: "return true")
        let (few, many) = (try fuel(body, 1000) - fuel(filling, 1000), try fuel(body, 101_000) - fuel(filling, 101_000))
        #expect(many - few == 100_000)
    }

    /// What `next` remembers of one group's table means nothing to the next group, whose first question may be odd.
    @Test func theNextGroupAsksOfNoTable() throws {
        let source = measure(
            """
            local ok, text = pcall(next, 5, 2)
            local t = { 1, 2, 3 }
            next(t, next(t))
            return { ok, text }
            """)
        let answers = try withState(source) { state, _ in
            try (0..<2).map { _ in
                try state.instantiate(seed: 1)
                return try state.call("value", [])
            }
        }
        for answer in answers { #expect(answer == [false, "bad argument #1 to 'next' (table expected, got number)"]) }
    }
}
