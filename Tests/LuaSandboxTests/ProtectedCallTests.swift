import LuaSandbox
import Testing

/// `pcall` and `xpcall` are ours, and behave as the manual says for everything that is no limit.
struct ProtectedCallTests {
    static let calls: [(String, LuaValue)] = [
        ("return { pcall(function() return 1, 2, 3 end) }", [true, 1, 2, 3]),
        ("return { pcall(error, 'x') }", [false, "x"]),
        ("return { pcall(error, 'x', 0) }", [false, "x"]),
        ("return { pcall(error, { 7 }) }", [false, [7]]),
        ("return { pcall(error, 7) }", [false, 7]),
        ("return { pcall(select, 2, 'a', 'b', 'c') }", [true, "b", "c"]),
        ("return { pcall(pcall) }", [false, "bad argument #1 to 'pcall' (value expected)"]),
        ("return { pcall(pcall, error, 1) }", [true, false, 1]),
        ("return { (pcall(nil)) }", [false]),
        ("return { pcall(setmetatable({}, { __call = function(t, x) return x + 1 end }), 4) }", [true, 5]),
        ("return { xpcall(function(...) return select('#', ...), ... end, print, 1, 2) }", [true, 2, 1, 2]),
        ("return { xpcall(error, function(e) return e .. '!' end, 'x') }", [false, "x!"]),
        ("return { xpcall(error, function(e) return { e } end, 'x') }", [false, ["x"]]),
        ("return { xpcall(error, type, nil) }", [false, "nil"]),
    ]

    @Test(arguments: calls) func theyGiveWhatTheManualSays(body: String, expected: LuaValue) throws {
        #expect(try value(of: body) == expected)
    }

    @Test func manyResultsComeThrough() throws {
        let body = """
            local t = {}
            for i = 1, 5000 do t[i] = i end
            local n = select('#', pcall(table.unpack, t))
            local m = select('#', xpcall(table.unpack, print, t))
            return { n, m }
            """
        #expect(try value(of: body) == [5001, 5001])
    }

    @Test func aMessageHasItsPlace() throws {
        let body = """
            local ok, message = pcall(function()
              error('here')
            end)
            local _, second = pcall(function() error('there', 2) end)
            local _, third = pcall(function() local t = nil; return t.x end)
            return { message, second, third }
            """
        #expect(
            try value(of: body) == [
                "script:2: here", "there", "script:5: attempt to index a nil value (local 't')",
            ])
    }

    /// The handler runs after unwinding: below it hooks work, so it can be stopped, and it sees what went before.
    @Test func theHandlerRunsAfterUnwinding() throws {
        let body = """
            local depth = 0
            local function f(n) depth = n if n == 150 then error('deep', 0) end return f(n + 1) + 1 end
            local order = {}
            local ok, result = xpcall(
              function() order[#order + 1] = 'body' return f(1) end,
              function(e) order[#order + 1] = 'handler' return pcall(string.rep, e, 2) end)
            return { ok, result, depth, order }
            """
        #expect(try value(of: body) == [false, true, 150, ["body", "handler"]])
    }

    @Test func aHandlerGivesOneResult() throws {
        #expect(try value(of: "return { xpcall(error, function() return 1, 2, 3 end) }") == [false, 1])
        #expect(try value(of: "return { xpcall(error, function() end) }") == [false])
    }

    /// As in stock Lua, where it is called again for its own error until it gives up.
    @Test func anErrorOfTheHandlerGoesToTheHandler() throws {
        #expect(
            try value(of: "return { xpcall(error, function() error('again', 0) end) }") == [
                false, "error in error handling",
            ])
        let twice = """
            local n = 0
            return { xpcall(error, function(e) n = n + 1 if n < 3 then error('again' .. n, 0) end return e .. '!' end), n }
            """
        #expect(try value(of: twice) == [false, 3])
        #expect(try value(of: twice.replacing("), n }", with: ") }")) == [false, "again2!"])
    }

    @Test func aHandlerMustBeAFunction() throws {
        #expect(try failure(of: "xpcall(print, 1)").code == .luaError)
        #expect(try failure(of: "xpcall(print)").code == .luaError)
    }

    @Test func depthWithoutEndIsAnErrorThatCanBeCaught() throws {
        for body in [
            "local function f() return 1 + f() end return (pcall(f))",
            "local function f(t) return t.x end local t = setmetatable({}, {}) "
                + "local m = { __index = function(t) return f(t) end } return (pcall(f, setmetatable({}, m)))",
            "local function f(s) return (s:gsub('.', f)) end return (pcall(f, 'x'))",
            "local function f() table.sort({ 2, 1 }, f) end return (pcall(f))",
            "local function f() return tostring(setmetatable({}, { __tostring = f })) end return (pcall(f))",
        ] {
            #expect(try value(of: body) == false, "\(body)")
        }
    }

    @Test func nestedCatchersReachTheirDepthAndComeBack() throws {
        let body = """
            local reached = 0
            local function f(n) reached = n return pcall(f, n + 1) end
            f(1)
            local function g(n) return xpcall(g, function(e) return e end, n + 1) end
            g(1)
            return reached
            """
        guard case .integer(let depth) = try value(of: body) else {
            Issue.record("no depth")
            return
        }
        #expect((100...200).contains(depth))
    }

    @Test func afterAnErrorTheStateGoesOn() throws {
        let outcomes = try withState(measure("if a then error('x') end return 1")) { state, _ in
            try state.instantiate(seed: 1)
            return (0..<6).map { turn -> String in
                do throws(LuaFailure) {
                    return "\(try state.call("value", [.boolean(turn % 2 == 0)]))"
                } catch {
                    return error.code.rawValue
                }
            }
        }
        #expect(outcomes == ["lua_error", "integer(1)", "lua_error", "integer(1)", "lua_error", "integer(1)"])
    }
}
