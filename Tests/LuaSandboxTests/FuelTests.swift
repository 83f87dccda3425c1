import LuaSandbox
import Testing

/// Instructions are counted alike on every run. That the count is the same in other processes, where strings hash
/// differently, is tested with workers.
struct FuelTests {
    static let scripts = [
        "local x = 0 for i = 1, 100000 do x = x + i end return x",
        "local t = {} for i = 1, 3000 do t['k' .. i] = i end local s = 0 for k, v in pairs(t) do s = s + v end return s",
        "local t = {} for i = 1, 3000 do t[i] = (i * 7919) % 3001 end table.sort(t) return t[1]",
        "local s = {} for w in ('a b c d e f g h'):rep(300):gmatch('%a') do s[#s + 1] = w end return #s",
        "for i = 1, 2000 do pcall(error, i) end return 1",
        "for i = 1, 2000 do pcall(string.format, '%d', 'x') end return 1",
        "work(5000) for i = 1, 3000 do echo(i) end return 1",
        "local t = {} for i = 1, 500 do t[i] = {} for j = 1, 50 do t[i][j] = ('x'):rep(j) end end return #t",
    ]

    @Test(arguments: scripts) func theCountIsTheSameOnEveryRun(_ script: String) throws {
        let counts = try (0..<5).map { _ in try run(script, limits: .fuel(10_000_000)).usage.fuel }
        #expect(counts[0] != nil)
        #expect(Set(counts).count == 1)
    }

    @Test(arguments: scripts) func theSameFuelGivesTheSameVerdict(_ script: String) throws {
        let needed = try #require(try run(script, limits: .fuel(10_000_000)).usage.fuel)
        #expect(try run(script, limits: .fuel(needed)).failure == nil)
        let stopped = try (0..<3).map { _ in try run(script, limits: .fuel(needed - 1)).failure?.code }
        #expect(stopped == [.fuelLimit, .fuelLimit, .fuelLimit])
    }

    @Test func moreWorkCostsMore() throws {
        let counts = try [10_000, 100_000, 1_000_000].map { turns in
            try run("for i = 1, a do end", [.integer(turns)], limits: .fuel(100_000_000)).usage.fuel ?? 0
        }
        #expect(counts[1] > 9 * counts[0] && counts[1] < 11 * counts[0])
        #expect(counts[2] > 9 * counts[1] && counts[2] < 11 * counts[1])
    }

    @Test func nativeWorkIsBilled() throws {
        let without = try run("return 1", limits: .fuel(1_000_000)).usage.fuel ?? 0
        // Three instructions call it.
        #expect(try run("work(70000) return 1", limits: .fuel(1_000_000)).usage.fuel == without + 70_003)
        #expect(try failure(of: "work(2000000) return 1", limits: .fuel(1_000_000)).code == .fuelLimit)
        // It stops as soon as the host has answered, not at the next turn of the count.
        #expect(try failure(of: "pcall(work, 2000000) return 1", limits: .fuel(1_000_000)).code == .fuelLimit)
    }

    @Test func theLibrarysWorkIsBilled() throws {
        for (script, least) in [
            ("local t = {} for i = 1, a do t[i] = -i end table.sort(t)", UInt64(80_000)),
            ("local t = { x = 1 } for i = 1, a do t[i] = i end for i = 1, 10 do pairs(t) end", 100_000),
            ("print(('x'):rep(1600000))", 100_000),
        ] {
            let fuel = try run(script, [.integer(10_000)], limits: .fuel(100_000_000)).usage.fuel ?? 0
            #expect(fuel >= least, "\(script)")
        }
    }

    /// Not one instruction is free, wherever a stretch between two hooks begins or ends.
    @Test func everyInstructionCounts() throws {
        let counts = try [0, 1, 2, 500, 997, 998, 999, 1000, 1001, 3500].map { lines in
            let body = "local x " + String(repeating: "x = 1 ", count: lines) + "return x"
            return (lines, Int(try run(body, limits: .fuel(1_000_000)).usage.fuel ?? 0))
        }
        for (lines, fuel) in counts { #expect(fuel == counts[0].1 + lines) }
    }

    /// The count goes on from call to call: many short calls cost what one long call does.
    @Test func shortCallsAreNotFree() throws {
        let fuel = try withState(
            measure("local x = 0 for i = 1, 10 do x = x + i end return x"), limits: .fuel(1_000_000)
        ) {
            state, _ in
            try state.instantiate(seed: 1)
            return try (0..<50).map { _ in
                let before = state.usage.fuel ?? 0
                _ = try state.call("value", [])
                return (state.usage.fuel ?? 0) - before
            }
        }
        #expect(Set(fuel).count == 1)
        #expect((20...40).contains(fuel[0]))
    }

    @Test func theLimitIsReachedInsideOneOfManyShortCalls() throws {
        let calls = try withState(measure("for i = 1, 10 do end return 1"), limits: .fuel(2_000)) { state, _ in
            var calls = 0
            while calls < 1000 {
                do throws(LuaFailure) {
                    try state.instantiate(seed: 1)
                    _ = try state.call("value", [])
                } catch {
                    return error.code == .fuelLimit ? calls : -1
                }
                calls += 1
            }
            return calls
        }
        #expect((50...150).contains(calls))
    }

    @Test func workThatIsNotDoneIsNotCounted() throws {
        for script in ["table.move({}, 1, math.maxinteger, 1)", "work(1 << 62) work(1 << 62)", "while true do end"] {
            let outcome = try run(script, limits: .fuel(10_000))
            #expect(outcome.failure?.code == .fuelLimit)
            #expect(outcome.usage.fuel == 10_001)
        }
    }

    @Test func withoutALimitNothingIsCounted() throws {
        #expect(try run("for i = 1, 100000 do end").usage.fuel == nil)
    }

    @Test func aShortScriptHasACountToo() throws {
        #expect(try run("return 1", limits: .fuel(1_000_000)).usage.fuel != nil)
    }
}
