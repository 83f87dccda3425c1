import LuaSandbox
import PlumblineTestSupport
import Testing

/// CPU time without a count hook. Nothing here waits for a clock or compares times: a script without end that comes back
/// was stopped.
@Suite(.serialized) struct CPULimitTests {
    @Test(arguments: StickyLimitTests.escapes) func nothingCatchesTheCPULimit(_ script: String) throws {
        let outcome = try run(script + " return 'went on'", limits: .cpu(0.02))
        let failure = try #require(outcome.failure)
        #expect(failure.code == .cpuLimit)
        #expect(failure.line == 1)
        #expect(outcome.usage.fuel == nil, "no instruction was counted: there was no hook")
        #expect(outcome.usage.cpuSeconds >= 0.02)
    }

    @Test func itIsOverAllCallsTogether() throws {
        let code = try withState(measure("local x = 0 for i = 1, 100000 do x = x + i end return x"), limits: .cpu(0.05))
        {
            state, _ in
            while true {
                do throws(LuaFailure) {
                    try state.instantiate(seed: 1)
                    _ = try state.call("value", [])
                } catch {
                    return error.code
                }
            }
        }
        #expect(code == .cpuLimit)
    }

    @Test func aScriptBelowItIsLeftAlone() throws {
        #expect(try value(of: "local x = 0 for i = 1, 1000 do x = x + i end return x", limits: .cpu(10)) == 500_500)
    }

    @Test func theWorkOfTheLibraryIsStoppedToo() throws {
        for script in [
            "table.sort(setmetatable({}, { __len = function() return 2000000000 end }))",
            "local t = {} for i = 1, 20000 do t[i] = i end while true do for k in pairs(t) do end end",
            "local t = { x = 1 } for i = 1, 20000 do t[i] = i end while true do next(t) end",
            "while true do print('x') end", "while true do echo({ 1, 2, 3 }) end",
        ] {
            #expect(try failure(of: script, limits: .cpu(0.02)).code == .cpuLimit)
        }
    }

    /// Each state has its own timer: that another thread's script begins and ends must not disarm it.
    @Test func statesOnOtherThreadsDoNotMatter() async throws {
        let codes = try await withThrowingTaskGroup(of: LuaFailure.Code?.self) { group in
            for index in 0..<8 {
                group.addTask {
                    index % 2 == 0
                        ? try failure(of: "while true do end", limits: .cpu(0.05)).code
                        : try run("for i = 1, 1000 do pcall(error) end return 1", limits: .cpu(10)).failure?.code
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.filter { $0 == .cpuLimit }.count == 4)
        #expect(codes.filter { $0 == nil }.count == 4)
    }

    @Test func whatTheHostDoesOffTheClockIsNotTheScripts() throws {
        final class Host: LuaHost {
            var meter: LuaMeter?
            func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
                // Nothing that a compiler could do at once.
                let burn = { (0..<300_000).reduce(1) { ($0 ^ $0 &>> 29) &* 0x5851_f42d &+ $1 } }
                if function == 0, let meter { return .integer(Int64(meter.offTheClock(burn))) }
                return .integer(Int64(burn()))
            }
            func release(_ object: LuaObject) {}
        }
        let spent = try onLuaThread {
            try ["gather", "compute"].map { name in
                let host = Host()
                let interface = LuaInterface(
                    objectNames: [],
                    bindings: [
                        LuaBinding(kind: 0, name: "gather", function: 0),
                        LuaBinding(kind: 0, name: "compute", function: 1),
                    ])
                var state = try LuaState(limits: .unhurried, interface: interface, host: host)
                host.meter = state.meter
                try state.load(name: "script", source: Array(measure("\(name)() return 1").utf8))
                try state.instantiate(seed: 1)
                _ = try state.call("value", [])
                return state.usage.cpuSeconds
            }
        }
        #expect(spent[0] < spent[1], "the same work, once off the clock and once on it")
    }
}
