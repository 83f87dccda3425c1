import LuaSandbox
import Testing

/// A measure keeps nothing: each group gets a new instance of the file.
struct FreshnessTests {
    /// Runs `value` of a file in several instances of one state, one after the other.
    private func instances(
        of source: String, _ count: Int = 3, seeds: [UInt64] = [1, 1, 1], limits: LuaLimits = .unhurried
    ) throws -> [LuaValue] {
        try withState(source, limits: limits) { state, _ in
            try (0..<count).map { index in
                try state.instantiate(seed: seeds[index])
                _ = try state.call("value", [])
                return try state.call("value", [])
            }
        }
    }

    @Test(arguments: [
        ("", "turns = (turns or 0) + 1 return turns"),
        ("", "_G.turns = (_G.turns or 0) + 1 return turns"),
        ("", "rawset(_G, 'count', (rawget(_G, 'count') or 0) + 1) return count"),
        ("local count = 0", "count = count + 1 return count"),
        ("local t = {}", "t[#t + 1] = 1 return #t"),
        ("local m = { n = 0 }", "setmetatable(m, { __index = function() return 0 end }) m.n = m.n + 1 return m.n"),
    ])
    func whatAScriptStoresGoesWithItsInstance(before: String, body: String) throws {
        let source = "\(before) return measure { value = function() \(body) end }"
        // Two calls in one instance count on; the next instance starts anew.
        #expect(try instances(of: source) == [2, 2, 2])
    }

    @Test func globalsOfTheHostCanBeHiddenForOneInstanceOnly() throws {
        let source = """
            return measure { value = function()
              local before = type(echo) .. type(print) .. type(pairs) .. type(string)
              echo, print, pairs, string = 1, 2, 3, 4
              return before
            end }
            """
        let seen = try withState(source) { state, _ in
            try (0..<2).map { _ in
                try state.instantiate(seed: 1)
                return try state.call("value", [])
            }
        }
        #expect(seen == ["functionfunctionfunctiontable", "functionfunctionfunctiontable"])
    }

    @Test func theLineOfTheDefinitionIsTheInstancesOwn() throws {
        let lines = try withState("\n\nreturn measure {\n value = function() end }") { state, _ in
            let before = state.definitionLine
            try state.instantiate(seed: 1)
            return [before, state.definitionLine]
        }
        #expect(lines == [0, 3])
    }

    @Test func randomNumbersFollowTheSeedAndNothingElse() throws {
        let source =
            "return measure { value = function() return { math.random(1000), math.random(), math.random(5, 9) } end }"
        let first = try instances(of: source, 3, seeds: [1, 2, 1])
        let again = try instances(of: source, 3, seeds: [1, 2, 1])
        #expect(first == again)
        #expect(first[0] == first[2])
        #expect(first[0] != first[1])
        #expect(try value(of: "return math.randomseed == nil") == true)
    }

    @Test func aFailedInstanceLeavesNothing() throws {
        let source = "if FAIL then error('x') end FAIL = true return measure { value = function() return FAIL end }"
        #expect(try instances(of: source) == [true, true, true])
    }

    /// `next` remembers the table it was asked about last, but not into the next instance: two of these do not fit.
    @Test func nextDoesNotHoldOnToATable() throws {
        let body = "local t = {} for i = 1, 20000 do t[i] = i end return (next(t))"
        let values = try withState(measure(body), limits: .memory(3 << 19)) { state, _ in
            try (0..<3).map { _ in
                try state.instantiate(seed: 1)
                return try state.call("value", [])
            }
        }
        #expect(values == [1, 1, 1])
    }

    @Test func memoryOfEarlierInstancesIsGivenBack() throws {
        let source = """
            local t = {}
            for i = 1, 10000 do t[i] = { i } end
            return measure { value = function() return #t end }
            """
        let peak = try withState(source, limits: .memory(64 << 20)) { state, _ in
            for _ in 0..<30 {
                try state.instantiate(seed: 1)
                _ = try state.call("value", [])
            }
            return state.usage.memoryPeak
        }
        #expect(peak < 8 << 20, "thirty of them would need 25 MB")
    }
}
