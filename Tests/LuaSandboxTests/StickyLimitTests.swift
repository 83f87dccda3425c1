import LuaSandbox
import Testing

/// A limit that is reached once stops the script for good, however it is written. Counted in instructions here, so that
/// every run ends at the same place; `CPULimitTests` does the same with the clock.
struct StickyLimitTests {
    private static let spin = "while true do end"

    /// Scripts that would go on for ever if any of their catchers caught the limit.
    static let escapes = [
        spin,
        "while true do pcall(function() \(spin) end) end",
        "while true do pcall(pcall, pcall, function() \(spin) end) end",
        "local function f() pcall(f) \(spin) end f()",
        "while true do xpcall(function() \(spin) end, function() \(spin) end) end",
        "while true do xpcall(error, function() \(spin) end) end",
        "while true do xpcall(function() \(spin) end, pcall, function() end) end",
        "while true do pcall(error, 'x') end",
        "while true do pcall(error, setmetatable({}, { __tostring = function() \(spin) end })) end",
        "local t = setmetatable({}, { __index = function() \(spin) end }) while true do pcall(function() return t.x end) end",
        "local t = setmetatable({}, { __newindex = function() \(spin) end }) while true do pcall(function() t.x = 1 end) end",
        "local t = setmetatable({}, { __add = function() \(spin) end }) while true do pcall(function() return t + 1 end) end",
        "local t = setmetatable({}, { __unm = function() \(spin) end }) while true do pcall(function() return -t end) end",
        "local t = setmetatable({}, { __len = function() \(spin) end }) while true do pcall(function() return #t end) end",
        "local m = { __eq = function() \(spin) end } local a, b = setmetatable({}, m), setmetatable({}, m) "
            + "while true do pcall(function() return a == b end) end",
        "local m = { __lt = function() \(spin) end } local a, b = setmetatable({}, m), setmetatable({}, m) "
            + "while true do pcall(function() return a < b end) end",
        "local m = { __le = function() \(spin) end } local a, b = setmetatable({}, m), setmetatable({}, m) "
            + "while true do pcall(function() return a <= b end) end",
        "local t = setmetatable({}, { __call = function() \(spin) end }) while true do pcall(t) end",
        "local t = setmetatable({}, { __tostring = function() \(spin) end }) while true do pcall(tostring, t) end",
        "local t = setmetatable({}, { __tostring = function() \(spin) end }) while true do pcall(print, t) end",
        "local t = setmetatable({}, { __tostring = function() \(spin) end }) while true do pcall(string.format, '%s', t) end",
        "while true do pcall(table.sort, { 3, 2, 1 }, function() \(spin) end) end",
        "while true do table.sort({ 3, 2, 1 }, function() pcall(function() \(spin) end) return true end) end",
        "while true do pcall(string.gsub, 'aaa', 'a', function() \(spin) end) end",
        "while true do ('aaa'):gsub('a', function() pcall(function() \(spin) end) end) end",
        "while true do pcall(function() for w in ('a b'):gmatch('%a') do \(spin) end end) end",
        "while true do pcall(function() for k in pairs({ 1, x = 2 }) do \(spin) end end) end",
        "while true do pcall(function() return box():map(function() \(spin) end) end) end",
        "while true do pcall(function() for r in box():rows() do \(spin) end end) end",
        "while true do pcall(function() for k, v in box():each() do \(spin) end end) end",
        "local m = {} m.__index = function(t, k) return pcall(function() return t[k + 1] end) end "
            + "while true do pcall(function() return setmetatable({}, m)[1] end) end",
        "local function f(...) return pcall(f, ...) end while true do f() end",
        "local function f() local ok = pcall(f) while true do end end f()",
        "::again:: pcall(function() \(spin) end) goto again",
        "repeat local x = select(2, pcall(function() \(spin) end)) until false",
    ]

    @Test(arguments: escapes) func nothingCatchesTheFuelLimit(_ script: String) throws {
        let outcome = try run(script + " return 'went on'", limits: .fuel(200_000))
        let failure = try #require(outcome.failure)
        #expect(failure.code == .fuelLimit)
        #expect(failure.line == 1)
        // Stopped within one step of the count, with the work of the catchers on top.
        let fuel = try #require(outcome.usage.fuel)
        #expect((200_000...220_000).contains(fuel))
    }

    @Test(arguments: escapes) func aStoppedStateNeverRunsAgain(_ script: String) throws {
        let codes = try withState(measure("if a then \(script) end return 1"), limits: .fuel(100_000)) { state, _ in
            (0..<3).map { attempt -> LuaFailure.Code? in
                do throws(LuaFailure) {
                    try state.instantiate(seed: 1)
                    _ = try state.call("value", [.boolean(attempt == 0)])
                    return nil
                } catch {
                    return error.code
                }
            }
        }
        #expect(codes == [.fuelLimit, .fuelLimit, .fuelLimit])
    }

    @Test func theVerdictComesFromTheLimitNeverFromTheValue() throws {
        // Each of these returns a good value right behind the limit.
        for script in [
            "pcall(function() while true do end end) return 1",
            "return (select(2, pcall(function() while true do end end)))",
            "return (xpcall(function() while true do end end, function() return 1 end))",
            "local ok, e = pcall(function() while true do end end) return ok and 1 or 2",
        ] {
            #expect(try failure(of: script, limits: .fuel(50_000)).code == .fuelLimit)
        }
    }

    @Test func aLimitWhileTheFileIsLoadedIsALimitToo() throws {
        let code = try withState("while true do end return measure {}", limits: .fuel(50_000)) { state, _ in
            do throws(LuaFailure) {
                try state.instantiate(seed: 1)
                return LuaFailure.Code?.none
            } catch {
                return error.code
            }
        }
        #expect(code == .fuelLimit)
    }

    @Test func theLineOfTheLimitIsTheScriptsOwn() throws {
        let body = """
            local function spin()
              local x = 0
              while true do x = x + 1 end
            end
            pcall(spin)
            return 1
            """
        let failure = try failure(of: body, limits: .fuel(50_000))
        #expect(failure.line == 3)
        #expect(failure.traceback == [3, 5])
    }

    @Test func aResultThatIsTooLargeStopsTheScriptForGood() throws {
        var limits = LuaLimits.unhurried
        limits.result = 10_000
        #expect(try value(of: "return ('x'):rep(9000)", limits: limits).asString?.utf8.count == 9000)
        let failure = try failure(of: "return ('x'):rep(11000)", limits: limits)
        #expect(failure.code == .outputLimit)
        #expect(failure.code.isSticky)
        #expect(failure.message.contains("10000 bytes"))
    }

    @Test func limitsAreSaidToBeSticky() {
        let codes: [LuaFailure.Code] = [
            .syntaxError, .luaError, .invalidResult, .refused, .outputLimit, .cpuLimit, .fuelLimit, .memoryLimit,
        ]
        #expect(codes.filter(\.isSticky) == [.outputLimit, .cpuLimit, .fuelLimit, .memoryLimit])
    }
}
