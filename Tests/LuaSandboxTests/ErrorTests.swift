import LuaSandbox
import Testing

/// Errors of scripts: the message, the line, and the script's own lines on the way there.
struct ErrorTests {
    @Test func theTracebackHasLinesOfTheScriptOnly() throws {
        let body = """

            local function third(t)
              return t.x.y
            end
            local function second(t)
              return third(t) .. ''
            end
            local ok = pcall(string.rep)
            local sorted = { 2, 1 }
            table.sort(sorted, function(x, y)
              return second({}) < 1
            end)
            """
        let failure = try failure(of: body)
        #expect(failure.code == .luaError)
        #expect(failure.message == "script:3: attempt to index a nil value (field 'x')")
        #expect(failure.line == 3)
        #expect(failure.traceback == [3, 6, 11, 10])
    }

    @Test func theTracebackIsBounded() throws {
        let failure = try failure(
            of: "local function f(n) if n == 0 then error('x') end return 1 + f(n - 1) end f(1000)")
        #expect(failure.traceback.count == 20)
        #expect(failure.traceback.allSatisfy { $0 == 1 })
    }

    @Test func anErrorInTheLibraryIsAtTheScriptsLine() throws {
        let failure = try failure(of: "\nlocal x = 1\nlocal y = ('x'):rep({})")
        #expect(failure.line == 3)
        #expect(failure.message.hasPrefix("script:3: bad argument #"))
    }

    @Test func theLineIsWhereTheErrorCameFromNotWhereItWasPassedOn() throws {
        let body = """

            local ok, message = pcall(function()
              error('first')
            end)
            error(message, 0)
            """
        let failure = try failure(of: body)
        #expect(failure.message == "script:3: first")
        #expect(failure.line == 5)
    }

    @Test func callingWhatIsNotThereIsAnError() throws {
        let failures = try withState("return measure { value = 1, other = function() return 2 end }") { state, _ in
            try state.instantiate(seed: 1)
            return ["value", "missing", "other"].map { field -> String in
                do throws(LuaFailure) {
                    return "\(try state.call(field, []))"
                } catch {
                    return error.message
                }
            }
        }
        #expect(failures == ["`value` is not a function", "`missing` is not a function", "integer(2)"])
    }

    @Test func callingBeforeThereIsADefinitionIsAnError() throws {
        let messages = try withState("if true then error('no') end") { state, _ in
            (0..<2).map { turn -> String in
                do throws(LuaFailure) {
                    if turn == 1 { try? state.instantiate(seed: 1) }
                    _ = try state.call("value", [])
                    return "went on"
                } catch {
                    return error.message
                }
            }
        }
        #expect(messages == ["there is no definition yet", "there is no definition yet"])
    }

    @Test func metamethodsOfTheDefinitionAreNotAsked() throws {
        let source = """
            return setmetatable(measure {}, { __index = function() while true do end end,
              __len = function() while true do end end })
            """
        let message = try withState(source) { state, _ in
            try state.instantiate(seed: 1)
            _ = try state.definition()
            do throws(LuaFailure) {
                _ = try state.call("value", [])
                return "went on"
            } catch {
                return error.message
            }
        }
        #expect(message == "`value` is not a function")
    }

    @Test func messagesAreWordForWordTheSame() throws {
        let bodies = [
            "local t = {} for i = 1, 50 do t['k' .. i] = i end error(table.concat((function() local r = {} "
                + "for k in pairs(t) do r[#r + 1] = k end return r end)()))",
            "local t = setmetatable({}, { __index = function(t, k) error('no ' .. k) end }) return t.x",
            "return nosuch.thing", "return math.nosuch()", "return ('x').y.z",
        ]
        for body in bodies {
            let failures = try (0..<5).map { _ in try failure(of: body) }
            #expect(failures.allSatisfy { $0 == failures[0] })
        }
    }
}
