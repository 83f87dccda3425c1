import LuaSandbox
import PlumblineTestSupport
import Statistics
import Testing

/// `table.sort` is a stable merge sort that no comparator and no length can lead astray.
struct SortTests {
    /// A stable model: Swift's sort of pairs of key and place.
    private func sorted(_ keys: [Int]) -> [Int] {
        keys.indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }
    }

    private func list(_ integers: [Int]) -> LuaValue {
        .table(LuaTable(list: integers.map { .integer(Int64($0)) }))
    }

    @Test func itIsStable() throws {
        var random = SplitMix64(seed: 21)
        let body = """
            local t = {}
            for i, key in ipairs(a) do t[i] = { key = key, place = i - 1 } end
            table.sort(t, function(x, y) return x.key < y.key end)
            local places = {}
            for i, e in ipairs(t) do places[i] = e.place end
            return places
            """
        for size in Array(0...40) + [63, 64, 65, 127, 128, 129, 1000] {
            let keys = (0..<size).map { _ in Int.random(in: 0...max(1, size / 3), using: &random) }
            #expect(try value(of: body, [list(keys)]) == list(sorted(keys)))
        }
    }

    @Test func withoutAComparatorItUsesLess() throws {
        var random = SplitMix64(seed: 22)
        for size in [0, 1, 2, 3, 10, 100, 500] {
            let keys = (0..<size).map { _ in Int.random(in: -1000...1000, using: &random) }
            #expect(try value(of: "table.sort(a) return a", [list(keys)]) == list(keys.sorted()))
        }
        #expect(try value(of: "local t = { 'b', 'B', 'a', '' } table.sort(t) return t") == ["", "B", "a", "b"])
        #expect(try value(of: "local t = { 2, 1.5, -1, 0.5 } table.sort(t) return t") == [-1, 0.5, 1.5, 2])
    }

    @Test func metamethodsOfLessAreAsked() throws {
        let body = """
            local m = { __lt = function(x, y) return x.v > y.v end }
            local t = {}
            for i = 1, 5 do t[i] = setmetatable({ v = i }, m) end
            table.sort(t)
            return { t[1].v, t[5].v }
            """
        #expect(try value(of: body) == [5, 1])
    }

    /// Whatever a comparator says, the list holds the same elements afterwards, and the work has an end.
    @Test(arguments: [
        "return true", "return false", "return nil", "return a <= b", "n = n + 1 return n % 2 == 0",
        "return math.random(2) == 1", "return a ~= b", "return (a + b) % 3 == 0", "return 1",
    ])
    func lyingComparatorsDoNoHarm(rule: String) throws {
        let body = """
            local t, n, calls = {}, 0, 0
            for i = 1, 200 do t[i] = i end
            table.sort(t, function(a, b) calls = calls + 1 \(rule) end)
            local seen = {}
            for i = 1, 200 do seen[t[i]] = true end
            local all = 0
            for i = 1, 200 do if seen[i] then all = all + 1 end end
            return { #t, all, calls }
            """
        guard case .table(let result) = try value(of: body), let numbers = result.list?.compactMap(\.asNumber) else {
            Issue.record("no result")
            return
        }
        #expect(numbers[0] == 200 && numbers[1] == 200)
        #expect(numbers[2] <= 200 * 8)  // n log2 n
    }

    @Test func aLyingLengthIsBelievedButBilled() throws {
        let short = "local t = setmetatable({ 3, 2, 1 }, { __len = function() return 2 end }) table.sort(t) return t"
        #expect(try value(of: short) == [2, 3, 1])
        let negative = "table.sort(setmetatable({ 2, 1 }, { __len = function() return -5 end })) return 1"
        #expect(try value(of: negative) == 1)
        let long = "table.sort(setmetatable({}, { __len = function() return 2000000000 end }))"
        #expect(try failure(of: long, limits: .fuel(1_000_000)).code == .fuelLimit)
        let longer = "table.sort(setmetatable({}, { __len = function() return 1 << 40 end }))"
        #expect(try failure(of: longer, limits: .fuel(1_000_000)).message.contains("array too big"))
        let none = "table.sort(setmetatable({}, { __len = function() return 'x' end }))"
        #expect(try failure(of: none).code == .luaError)
    }

    @Test func elementsThatDoNotCompareAreAnError() throws {
        #expect(try failure(of: "table.sort({ 1, 'x' })").message.contains("attempt to compare"))
        #expect(try failure(of: "table.sort({ {}, {} })").message.contains("attempt to compare two table values"))
        let hole = "table.sort(setmetatable({ 1, nil, 3 }, { __len = function() return 3 end }))"
        #expect(try failure(of: hole).message.contains("attempt to compare"))
    }

    @Test func anErrorOfTheComparatorLeavesTheListAsItWas() throws {
        let body = """
            local t, n = { 5, 4, 3, 2, 1 }, 0
            local ok, e = pcall(table.sort, t, function(a, b) n = n + 1 if n == 4 then error('stop', 0) end return a < b end)
            return { ok, e, t }
            """
        #expect(try value(of: body) == [false, "stop", [5, 4, 3, 2, 1]])
    }

    @Test func aComparatorThatChangesTheListChangesNothing() throws {
        let body = """
            local t = { 3, 1, 2 }
            table.sort(t, function(a, b) t[1] = 99 t[4] = 98 return a < b end)
            return { t[1], t[2], t[3], t[4] }
            """
        #expect(try value(of: body) == [1, 2, 3, 98])
    }

    @Test func proxiesAreSortedThroughTheirMetamethods() throws {
        let body = """
            local store = { 3, 1, 2 }
            local proxy = setmetatable({}, {
              __index = store, __newindex = function(_, k, v) store[k] = v end, __len = function() return #store end })
            table.sort(proxy)
            return store
            """
        #expect(try value(of: body) == [1, 2, 3])
    }

    @Test func argumentsAreChecked() throws {
        #expect(try failure(of: "table.sort(1)").code == .luaError)
        #expect(try failure(of: "table.sort({ 1, 2 }, 1)").code == .luaError)
        #expect(try value(of: "return { table.sort({ 1 }, nil) }") == [])
    }
}
