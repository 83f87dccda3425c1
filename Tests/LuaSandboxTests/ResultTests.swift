import LuaSandbox
import Testing

/// What leaves the sandbox is copied with raw access and bounded.
struct ResultTests {
    static let values: [(String, LuaValue)] = [
        ("nil", LuaValue.none), ("true", true), ("false", false), ("7", 7), ("-7", -7), ("7.0", 7.0), ("0.1", 0.1),
        ("math.maxinteger", .integer(.max)), ("math.mininteger", .integer(.min)), ("1/0", .number(.infinity)),
        ("-1/0", .number(-.infinity)), ("'é\\0x'", "é\0x"), ("''", ""), ("print", .function),
        ("function() end", .function), ("{}", []), ("{ 1, 'x', { true } }", [1, "x", [true]]),
    ]

    @Test(arguments: values) func valuesComeOutAsTheyAre(expression: String, expected: LuaValue) throws {
        #expect(try value(of: "return \(expression)") == expected)
    }

    @Test func noNumberIsANumberToo() throws {
        guard case .number(let number) = try value(of: "return 0/0") else {
            Issue.record("no number")
            return
        }
        #expect(number.isNaN)
    }

    @Test func onlyTheFirstResultCounts() throws {
        #expect(try value(of: "return 1, 2, 3") == 1)
        #expect(try value(of: "return") == .none)
        #expect(try value(of: "") == .none)
    }

    @Test func argumentsComeInAsTheyAre() throws {
        let values: [LuaValue] = [
            .none, true, false, 7, 1.5, .number(-0.0), "é\0x", "", [], [1, [2, "x"]],
            .table(LuaTable(record: [("b", 1), ("a", [true])])),
        ]
        for argument in values {
            #expect(try value(of: "return a", [argument]) == argument)
            #expect(try value(of: "return echo(a)", [argument]) == argument)
        }
        #expect(try value(of: "return a", [.function]) == .none, "functions stay where they are")
        #expect(try value(of: "return { a, b, select('#', a, b) }", [1, 2]) == [1, 2, 2])
    }

    @Test func objectsKeepTheirIdentity() throws {
        guard case .object(let object) = try value(of: "return box()") else {
            Issue.record("no object")
            return
        }
        #expect(object == LuaObject(kind: TestHost.boxKind, id: 1))
        let pair = try value(of: "local x = box() return { x, x, echo(x), echo(x) == x }").asTable?.list ?? []
        #expect(pair[0] == pair[1] && pair[1] == pair[2])
    }

    @Test func keysComeOutInOrder() throws {
        let table = try #require(try value(of: "return { b = 1, [3] = 2, a = 3, [-1] = 4, 'x' }").asTable)
        #expect(table.entries.map(\.key) == [.integer(-1), .integer(1), .integer(3), .string("a"), .string("b")])
        #expect(table.list == nil)
        #expect(table.record == nil)
        #expect(table["a"] == 3)
        #expect(table["c"] == nil)
    }

    @Test func listsAndRecordsAreTold() throws {
        #expect(try value(of: "return { 1, 2 }").asTable?.list == [1, 2])
        #expect(try value(of: "return { 1, nil, 3 }").asTable?.list == nil)
        #expect(try value(of: "return { [0] = 1 }").asTable?.list == nil)
        #expect(try value(of: "return {}").asTable?.list == [])
        let record = try value(of: "return { y = 2, x = 1 }").asTable?.record
        #expect(record?.map(\.name) == ["x", "y"])
        #expect(record?.map(\.value) == [1, 2])
    }

    @Test(arguments: [
        "local t = {} t.t = t return t", "local t = {} t[1] = { t } return t",
        "local a, b = {}, {} a.b, b.a = b, a return a",
    ])
    func cyclesAreRefused(body: String) throws {
        let failure = try failure(of: body)
        #expect(failure.code == .invalidResult)
        #expect(failure.message.contains("does it contain itself?"))
    }

    @Test func aTableMayComeTwice() throws {
        #expect(try value(of: "local t = { 1 } return { t, t }") == [[1], [1]])
    }

    @Test func depthIsBounded() throws {
        let nest = "local t = 1 for i = 1, a do t = { t } end return t"
        #expect(try run(nest, [16]).failure == nil)
        #expect(try failure(of: nest, [17]).code == .invalidResult)
        #expect(try failure(of: nest, [100_000]).code == .invalidResult)
    }

    @Test func keysAreBounded() throws {
        let fill = "local t = {} for i = 1, a do t[i] = i end return t"
        #expect(try run(fill, [10_000]).failure == nil)
        let failure = try failure(of: fill, [10_001])
        #expect(failure.code == .invalidResult)
        #expect(failure.message.contains("more than 10000 keys"))
        // Over all tables of a result together, shared ones each time they come up.
        let spread = "local t = {} for i = 1, 100 do t[i] = {} for j = 1, a do t[i][j] = 1 end end return t"
        #expect(try run(spread, [99]).failure == nil)
        #expect(try run(spread, [100]).failure?.code == .invalidResult)
        let shared = "local s = {} for i = 1, 1000 do s[i] = i end local t = {} for i = 1, a do t[i] = s end return t"
        #expect(try run(shared, [9]).failure == nil)
        #expect(try run(shared, [10]).failure?.code == .invalidResult)
    }

    @Test func bytesAreBounded() throws {
        var limits = LuaLimits.unhurried
        limits.result = 1000
        #expect(try run("return ('x'):rep(995)", limits: limits).failure == nil)
        #expect(try run("return ('x'):rep(996)", limits: limits).failure?.code == .outputLimit)
        #expect(try run("return { ('x'):rep(500), ('y'):rep(500) }", limits: limits).failure?.code == .outputLimit)
        #expect(try run("return ('x'):rep(2000000)", limits: limits).failure?.code == .outputLimit)
    }

    /// What cannot be taken out is told of with the line in which the function begins that returned it.
    @Test(arguments: [
        "return ('x'):rep(2000000)", "local t = {} t.t = t return t",
        "local t = {} for i = 1, 1e5 do t[i] = i end return t",
    ])
    func aResultThatIsRefusedHasALine(body: String) throws {
        let failure = try withState("\n\nreturn measure {\nvalue = function()\n\n\(body) end }") {
            state, _ -> LuaFailure? in
            try state.instantiate(seed: 1)
            do throws(LuaFailure) {
                _ = try state.call("value", [])
                return nil
            } catch {
                return error
            }
        }
        #expect(failure?.line == 4)
        #expect(failure?.traceback == [])
        #expect([.outputLimit, .invalidResult].contains(failure?.code))
    }

    @Test(arguments: ["{ [1.5] = 1 }", "{ [true] = 1 }", "{ [print] = 1 }", "{ [{}] = 1 }", "{ { [0.1] = 1 } }"])
    func otherKeysAreRefused(table: String) throws {
        let failure = try failure(of: "return \(table)")
        #expect(failure.code == .invalidResult)
        #expect(failure.message.contains("cannot leave a script"))
    }

    @Test func accessIsRaw() throws {
        let body = """
            local m = { __index = function() error('asked') end, __len = function() error('asked') end,
              __pairs = function() error('asked') end, __tostring = function() error('asked') end }
            return setmetatable({ 1, 2, x = setmetatable({}, m) }, m)
            """
        let table = try #require(try value(of: body).asTable)
        #expect(table.entries.count == 3)
    }

    @Test func aRefusedResultIsNotSticky() throws {
        let outcomes = try withState(measure("local t = {} if a then t.t = t end return t")) { state, _ in
            try state.instantiate(seed: 1)
            return [true, false, true, false].map { isBad -> String in
                do throws(LuaFailure) {
                    return "\(try state.call("value", [.boolean(isBad)]))"
                } catch {
                    return error.code.rawValue
                }
            }
        }
        let good = "table(LuaSandbox.LuaTable(entries: []))"
        #expect(outcomes == ["invalid_result", good, "invalid_result", good])
    }

    @Test func theDefinitionIsReadAsDataToo() throws {
        let source =
            "return measure { id = 'x', value = print, by = { {}, { 'role' } }, params = { a = { default = 1 } } }"
        let definition = try withState(source) { state, _ in
            try state.instantiate(seed: 1)
            return try state.definition()
        }
        let table = try #require(definition.asTable)
        #expect(table["id"] == "x")
        #expect(table["value"] == .function)
        #expect(table["by"] == [[], ["role"]])
        let cyclic = try withState("local m = measure {} m.m = m return m") { state, _ in
            try state.instantiate(seed: 1)
            do throws(LuaFailure) {
                _ = try state.definition()
                return LuaFailure.Code?.none
            } catch {
                return error.code
            }
        }
        #expect(cyclic == .invalidResult)
    }

    /// The bounds are those of one value, not of all that a script ever passes to the host.
    @Test func argumentsAreBoundedOneByOne() throws {
        #expect(try value(of: "for i = 1, 6000 do echo({ 1, 2, 3 }) end return 1") == 1)
        let large = try failure(of: "local t = {} for i = 1, 10001 do t[i] = i end echo(t)")
        #expect(large.message.contains("more than 10000 keys"))
        #expect(try failure(of: "local t = {} t.t = t echo(t)").message.contains("does it contain itself?"))
        #expect(try failure(of: "echo({ [1.5] = 1 })").message.contains("cannot leave a script"))
    }

    @Test func argumentsAreBoundedInNumber() throws {
        #expect(try value(of: "return count(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)") == 16)
        #expect(
            try failure(of: "count(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)").message
                .contains("at most 16 arguments"))
    }
}
