import LuaSandbox
import Testing

/// The caps on memory. That nothing is left after a state is closed is asserted in `LuaState` itself, so every test of
/// these targets proves it too: a debug build stops when a byte is missing.
struct MemoryTests {
    /// One way each to ask for more than there is.
    static let bombs = [
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "local t = {} for i = 1, 1e9 do t['k' .. i] = true end",
        "local s = 'x' while true do s = s .. s end",
        "local s = ('x'):rep(1e8)",
        "local t = {} while true do t = { t } end",
        "local t = {} for i = 1, 1e9 do t[i] = function() return i end end",
        "local t = {} for i = 1, 1e9 do t[i] = setmetatable({}, { __index = t }) end",
        "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end",
        "local s = ('x'):rep(1e5) return #s:gsub('x', s)",
        "local t = {} for i = 1, 500 do t[i] = ('x'):rep(1e4) end return #table.concat(t, ('y'):rep(1e4))",
        "return #string.format(('%s'):rep(60), table.unpack((function() local t, s = {}, ('x'):rep(1e5) "
            + "for i = 1, 60 do t[i] = s end return t end)()))",
        "local t = {} for i = 1, 1e9 do t[i] = box() end",
        "local function f() return { f() } end return f()",
        "local function f(n) local a, b, c, d, e, g, h = 1, 2, 3, 4, 5, 6, 7 return f(n + 1) + a end return f(1)",
    ]

    @Test(arguments: bombs) func aBombMeetsTheLimitInsideItsMemory(_ bomb: String) throws {
        let cap = 4 << 20
        let outcome = try run(bomb, limits: .memory(cap))
        let failure = try #require(outcome.failure)
        #expect(failure.code == .memoryLimit)
        #expect(failure.line == 1)
        // What a stopped state may use beyond its cap, to say what stopped it, is a quarter of a megabyte.
        #expect(outcome.usage.memoryPeak <= cap + 256 << 10)
    }

    @Test(arguments: bombs) func noScriptCatchesTheLimit(_ bomb: String) throws {
        for catcher in ["pcall(function() \(bomb) end)", "xpcall(function() \(bomb) end, function() return 1 end)"] {
            #expect(try failure(of: "\(catcher) return 'went on'", limits: .memory(2 << 20)).code == .memoryLimit)
        }
    }

    @Test func oneBlockHasACapOfItsOwn() throws {
        let limits = LuaLimits.memory(64 << 20, block: 1 << 20)
        #expect(try value(of: "return #('x'):rep(1000000)", limits: limits) == 1_000_000)
        #expect(try failure(of: "return #('x'):rep(1100000)", limits: limits).code == .memoryLimit)
        // Many blocks below that cap are fine.
        let many = "local t = {} for i = 1, 40 do t[i] = i .. ('x'):rep(900000) end return #t"
        #expect(try value(of: many, limits: limits) == 40)
    }

    @Test func theBlockIsNeverLargerThanTheMemory() throws {
        let limits = LuaLimits.memory(1 << 20, block: 64 << 20)
        #expect(try failure(of: "return #('x'):rep(1100000)", limits: limits).code == .memoryLimit)
    }

    @Test func thePeakIsTheMostThatWasHeld() throws {
        let idle = try run("return 1")
        #expect((10_000..<200_000).contains(idle.usage.memoryPeak))
        let busy = try run("local s = ('x'):rep(1000000) return #s")
        #expect(busy.usage.memoryPeak > 1_000_000)
        #expect(busy.usage.memoryPeak < 1_000_000 + 2 * idle.usage.memoryPeak + 1_000_000)
    }

    @Test func thePeakCountsWhatTheHostHolds() throws {
        let outcome = try run("hoard(5000000) hoard(-5000000) return 1")
        #expect(outcome.usage.memoryPeak > 5_000_000)
        #expect(outcome.usage.memoryPeak < 6_000_000)
    }

    @Test func whatTheHostHoldsLeavesLessForTheScript() throws {
        // Lua makes a text in a buffer of its own first: it needs twice its length.
        let limits = LuaLimits.memory(4 << 20)
        #expect(try value(of: "return #('x'):rep(1500000)", limits: limits) == 1_500_000)
        #expect(try failure(of: "hoard(2000000) return #('x'):rep(1500000)", limits: limits).code == .memoryLimit)
        #expect(
            try value(of: "hoard(2000000) hoard(-2000000) return #('x'):rep(1500000)", limits: limits) == 1_500_000)
    }

    /// Holds so many texts of 1 KB and makes others of 10 KB that nobody keeps.
    private static func churn(held: Int, turns: Int) -> String {
        """
        local held, text = {}, ('x'):rep(1000)
        for i = 1, \(held) do held[i] = text .. i end
        for i = 1, \(turns) do local garbage = text:rep(10) end
        return #held
        """
    }

    /// The collector is quicker where the cap is near: Lua's own would wait until what is held has doubled.
    @Test(arguments: [300, 1200, 1600]) func garbageIsCollectedBeforeTheLimitDecides(held: Int) throws {
        #expect(try value(of: Self.churn(held: held, turns: 3000), limits: .memory(2 << 20)) == .integer(Int64(held)))
    }

    @Test func aScriptThatLivesOnEmergencyCollectionsIsStopped() throws {
        let script = Self.churn(held: 1900, turns: 1_000_000)
        #expect(try failure(of: script, limits: .memory(2 << 20)).code == .memoryLimit)
    }

    @Test func theLimitIsSticky() throws {
        let codes = try withState(measure("return #('x'):rep(a)"), limits: .memory(1 << 20)) { state, _ in
            try state.instantiate(seed: 1)
            _ = try state.call("value", [1000])
            return (0..<4).map { attempt -> LuaFailure.Code? in
                do throws(LuaFailure) {
                    if attempt == 2 { try state.instantiate(seed: 1) }
                    _ = try state.call("value", [attempt == 0 ? 10_000_000 : 1])
                    return nil
                } catch {
                    return error.code
                }
            }
        }
        #expect(codes == Array(repeating: .memoryLimit, count: 4))
    }

    @Test func aFreshStateGoesOnWhereAStoppedOneCannot() throws {
        for _ in 0..<3 {
            #expect(try failure(of: "return #('x'):rep(2000000)", limits: .memory(1 << 20)).code == .memoryLimit)
            #expect(try value(of: "return #('x'):rep(500000)", limits: .memory(1 << 20)) == 500_000)
        }
    }

    @Test(arguments: [20_000, 30_000, 40_000, 60_000, 100_000, 200_000])
    func smallLimitsAreRefusedInGoodOrder(memory: Int) throws {
        // Below what an empty state needs the first call meets the limit, wherever that may be.
        let body = "local t = {} for i = 1, 1e6 do t[i] = { i } end"
        let code = try onSmallState(body, .memory(memory))
        #expect(code == .memoryLimit)
    }

    /// The code of whatever fails first, loading included.
    private func onSmallState(_ body: String, _ limits: LuaLimits) throws -> LuaFailure.Code? {
        do {
            return try run(body, limits: limits).failure?.code
        } catch let failure as LuaFailure {
            return failure.code
        }
    }

    @Test func anEmptyStateIsOpenedUnderAnyLimit() throws {
        #expect(try onSmallState("return 1", .memory(1)) == .memoryLimit)
        #expect(try onSmallState("return 1", .memory(0)) == .memoryLimit)
    }

    @Test func theHostsNeedIsMetByCollecting() throws {
        // The host refuses once; the script's boxes are garbage by then and are given back.
        let (starved, live, value) = try withState(
            measure("for i = 1, 100 do local b = box() end return starve()")
        ) { state, host in
            try state.instantiate(seed: 1)
            host.refusals = 1
            let value = try state.call("value", [])
            return (host.starved, host.live.count, value)
        }
        #expect(value == true)
        #expect(starved == 2)
        #expect(live <= 1)
    }

    @Test func aHostThatIsRefusedTwiceStopsTheScript() throws {
        let codes = try withState(measure("return pcall(starve)")) { state, host in
            try state.instantiate(seed: 1)
            host.refusals = 2
            return (0..<2).map { _ -> LuaFailure.Code? in
                do throws(LuaFailure) {
                    _ = try state.call("value", [])
                    return nil
                } catch {
                    return error.code
                }
            }
        }
        #expect(codes == [.memoryLimit, .memoryLimit])
    }

    @Test func theMeterTellsWhatFits() throws {
        let answers = try withState(measure("return 1"), limits: .memory(1 << 20)) { state, host in
            let meter = state.meter
            let before = [meter.fits(500_000), meter.fits(1 << 20), meter.fits(.max)]
            meter.billMemory(600_000)
            let after = [meter.fits(500_000), meter.fits(100_000)]
            meter.billMemory(-600_000)
            return before + after + [meter.fits(500_000)]
        }
        #expect(answers == [true, false, false, false, true, true])
    }

    @Test func argumentsLargerThanTheMemoryAreTheLimit() throws {
        let body = "local s, t = ('x'):rep(200000), {} for i = 1, 20 do t[i] = s end return pcall(echo, t)"
        #expect(try failure(of: body, limits: .memory(1 << 20)).code == .memoryLimit)
        #expect(try value(of: body.replacing("20 do", with: "2 do"), limits: .memory(1 << 20)) == true)
    }

    @Test func anAnswerLargerThanTheMemoryIsTheLimit() throws {
        #expect(try failure(of: "return #text(3000000)", limits: .memory(1 << 20)).code == .memoryLimit)
        #expect(try failure(of: "return #list(80000)", limits: .memory(1 << 20)).code == .memoryLimit)
        #expect(try failure(of: "return pcall(text, 3000000)", limits: .memory(1 << 20)).code == .memoryLimit)
        #expect(try value(of: "return #text(300000)", limits: .memory(1 << 20)) == 300_000)
    }
}
