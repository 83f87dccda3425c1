import LuaSandbox
import Testing

/// The border to Swift: errors are raised by C after Swift has returned, and objects are given back.
struct HostFunctionTests {
    /// A host that holds its meter, which leads to the state, goes with the state all the same.
    @Test func aHostGoesWithItsState() throws {
        final class Place { weak var host: TestHost? }
        let isGone = try onLuaThread {
            let place = Place()
            do {
                let host = TestHost()
                place.host = host
                let state = try LuaState(limits: .unhurried, interface: TestHost.interface, host: host)
                host.meter = state.meter
            }
            return place.host == nil
        }
        #expect(isGone)
    }

    @Test func anErrorOfTheHostIsAnErrorOfTheScript() throws {
        let failure = try failure(of: "\n\nfail('no such column')")
        #expect(failure.code == .luaError)
        #expect(failure.message == "script:3: no such column")
        #expect(failure.line == 3)
        #expect(try value(of: "return { pcall(fail, 'x') }") == [false, "x"])
        #expect(try value(of: "return { pcall(function() fail('x') end) }") == [false, "script:1: x"])
    }

    /// A longjmp over a Swift frame would skip its `defer` and leave its objects behind.
    @Test func swiftHasReturnedBeforeLuaRaises() throws {
        let (deferred, gone, value) = try withState(
            measure("for i = 1, 1000 do pcall(fail, 'x') end local ok = pcall(function() return fail() end) return ok")
        ) { state, host in
            try state.instantiate(seed: 1)
            let value = try state.call("value", [])
            return (host.deferred, host.deinitialized, value)
        }
        #expect(value == false)
        #expect(deferred == 1001)
        #expect(gone == 1001)
    }

    @Test func itIsSoWhenALimitStopsTheScriptInsideACall() throws {
        for (body, limits) in [
            ("while true do work(1000) end", LuaLimits.fuel(100_000)),
            ("local t = {} for i = 1, 1e6 do t[i] = text(1000) .. i end", .memory(1 << 20)),
            ("text(10000000)", .memory(1 << 20)),
            ("local t, s = {}, ('x'):rep(1000000) for i = 1, 9 do t[i] = echo(s) end", .memory(5 << 19)),
            ("while true do echo({ 1, 2, 3 }) end", .cpu(0.02)),
        ] {
            let (deferred, gone, stopped) = try withState(measure(body), limits: limits) { state, host in
                try state.instantiate(seed: 1)
                var stopped = false
                do throws(LuaFailure) {
                    _ = try state.call("value", [])
                } catch {
                    stopped = error.code.isSticky || error.code == .outputLimit
                }
                return (host.deferred, host.deinitialized, stopped)
            }
            #expect(stopped, "\(body)")
            #expect(deferred > 0)
            #expect(deferred == gone)
        }
    }

    @Test func textsOfErrorsMayBeAnything() throws {
        #expect(try failure(of: "fail('')").message == "script:1: ")
        #expect(try failure(of: "fail('100% %s %d')").message == "script:1: 100% %s %d")
        #expect(try failure(of: "fail(('x'):rep(100000))").message.utf8.count == 2047)
    }

    /// The host reads arguments without looking at the clock, so one call takes a bounded number of bytes.
    @Test func oneCallTakesSoManyBytes() throws {
        let most = 1 << 20
        for body in [
            "echo(('x'):rep(\(most + 1)))", "echo({ ('x'):rep(\(most)) })", "echo({ [('x'):rep(\(most))] = 1 })",
            "local s, t = ('x'):rep(40000), {} for i = 1, 9000 do t[i] = s end echo(t)",
            "local s = ('x'):rep(600000) echo(s, s)",
        ] {
            let failure = try failure(of: body)
            #expect(failure.code == .luaError)
            #expect(failure.message == "script:1: one call takes at most 1048576 bytes of text")
        }
        #expect(try value(of: "return #echo(('x'):rep(\(most)))") == .integer(Int64(most)))
        #expect(try value(of: "return { pcall(echo, ('x'):rep(1e7)) }").asTable?.list?.first == false)
    }

    @Test func theBytesOfArgumentsAreWork() throws {
        let body = "local s = ('x'):rep(64000) for i = 1, 100 do echo(s) end"
        #expect(try failure(of: body, limits: .fuel(50_000)).code == .fuelLimit)
    }

    @Test func longNamesAreNotLookedFor() throws {
        for name in ["('x'):rep(1e7)", "'e' .. ('\\u{301}'):rep(7e6)", "('x'):rep(1025)"] {
            for object in ["box()", "box():rows()()"] {
                let failure = try failure(of: "return \(object)[\(name)]")
                #expect(failure.code == .luaError)
                #expect(failure.message.contains("names have at most 1024"))
            }
        }
        #expect(try run("return box()[('x'):rep(1024)]").failure?.message.contains("names have at most") != true)
    }

    /// Also when the host answers with an error.
    @Test func workBeyondTheLimitStopsTheScriptWhateverTheHostSays() throws {
        let body = "while true do pcall(fail, 'x') end"
        #expect(try failure(of: body, limits: .cpu(0.02)).code == .cpuLimit)
    }

    @Test func objectsAreGivenBackWhenTheyAreGarbage() throws {
        let (live, released) = try withState(
            measure("for i = 1, 20000 do local b = box() end KEEP = box() return KEEP")
        ) { state, host in
            try state.instantiate(seed: 1)
            _ = try state.call("value", [])
            return (host.live.count, host.released)
        }
        #expect(released > 5_000)
        #expect(live + released == 20_001)
    }

    @Test func objectsAreGivenBackWhenTheStateIsClosed() throws {
        final class Ledger: LuaHost {
            var made: UInt32 = 0
            var returned: [UInt32] = []
            func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
                made += 1
                return .object(LuaObject(kind: 1, id: made))
            }
            func release(_ object: LuaObject) { returned.append(object.id) }
        }
        let ledgers = try onLuaThread {
            try [LuaLimits.unhurried, .fuel(30_000), .memory(300_000)].map { limits -> (UInt32, [UInt32]) in
                let ledger = Ledger()
                let interface = LuaInterface(
                    objectNames: ["box"], bindings: [LuaBinding(kind: 0, name: "box", function: 0)])
                do {
                    var state = try LuaState(limits: limits, interface: interface, host: ledger)
                    try state.load(
                        name: "x", source: Array(measure("T = {} for i = 1, 2500 do T[i] = box() end").utf8))
                    try state.instantiate(seed: 1)
                    _ = try? state.call("value", [])
                }
                return (ledger.made, ledger.returned)
            }
        }
        for (made, returned) in ledgers {
            #expect(made > 100)
            #expect(returned.sorted() == Array(1...made), "each once")
        }
    }

    @Test func methodsFieldsAndOperatorsReachTheHost() throws {
        #expect(
            try value(of: "return { box().name, box()['any name'], box()[1] }") == [
                "field name", "field any name", "field number",
            ])
        #expect(try value(of: "local b = box() return { (b + 1).name, 1 + b }") == ["field name", 1])
        #expect(try value(of: "return type(box().rows) .. type(box().map)") == "functionfunction")
        #expect(try failure(of: "return box() - 1").code == .luaError)
    }

    @Test func rowsAreIteratedOver() throws {
        let body = "local s = {} for r in box():rows() do s[#s + 1] = r.any end return s"
        #expect(try value(of: body) == [0, 1, 2])
        #expect(
            try value(of: "local it = box():rows() return { it().x, it().x, it().x, it() == nil, it() == nil }") == [
                0, 1, 2, true, true,
            ])
    }

    @Test func aRowKeepsItsObjectAlive() throws {
        let (live, value) = try withState(
            measure(
                """
                local row for r in box():rows() do row = r break end
                for i = 1, 20 do local garbage = ('x'):rep(100000) .. i end
                KEEP = row
                return row.x
                """)
        ) { state, host in
            try state.instantiate(seed: 1)
            let value = try state.call("value", [])
            return (host.live.count, value)
        }
        #expect(value == 0)
        #expect(live == 1)
    }

    @Test func eachGoesTwoByTwo() throws {
        let body = "local s = {} for k, v in box():each() do s[#s + 1] = k s[#s + 1] = v.x end return s"
        #expect(try value(of: body) == ["a", "field x", "b", "field x"])
    }

    @Test func mapCallsTheFunctionForWhatIsThere() throws {
        // The host's elements are 0, 1, nothing, 3.
        let (mapped, value) = try withState(
            measure(
                "return box():map(function(x) if x == 0 then return nil elseif x == 1 then return true end return x / 2 end)"
            )
        ) { state, host in
            try state.instantiate(seed: 1)
            let value = try state.call("value", [])
            return (host.mapped, value)
        }
        #expect(value == 4)
        #expect(mapped == [.missing, .truth(true), .untouched, .number(1.5)])
    }

    @Test func mapRefusesWhatIsNoNumber() throws {
        #expect(
            try failure(of: "box():map(function() return 'x' end)").message.contains(
                "must give a number, a boolean or nil, not string (row 1)"))
        #expect(try failure(of: "box():map(3)").code == .luaError)
        #expect(try failure(of: "box().map(3, print)").message.contains("write column:map(f)"))
        #expect(try failure(of: "box():map(function() error('inside', 0) end)").message == "inside")
    }

    @Test func wrongReceiversAreNoCrash() throws {
        for body in [
            "local m = box().rows m()", "local m = box().rows m(1)", "local m = box().each m({})",
            "local m = box().map m(nil, print)", "local m = box().map m('x', function() end)",
        ] {
            _ = try run(body)
        }
    }

    @Test func foldRunsInChunks() throws {
        let source = """
            return measure {
              init = function(p) return { sum = 0, n = 0, inits = 1 } end,
              step = function(s, row, p) s.sum = s.sum + row.x * p.factor s.n = s.n + 1 end,
              merge = function(a, b) return { sum = a.sum + b.sum, n = a.n + b.n, inits = a.inits + b.inits } end,
              finish = function(s, p) return { s.sum, s.n, s.inits, p.factor } end }
            """
        let params = LuaValue.table(LuaTable(record: [("factor", 2)]))
        for (rows, chunk, inits) in [(10, 100, 1), (10, 10, 1), (10, 4, 3), (10, 1, 10), (0, 5, 1)] {
            let value = try withState(source) { state, _ in
                try state.instantiate(seed: 1)
                return try state.fold(
                    group: LuaObject(kind: TestHost.boxKind, id: 9), rowKind: TestHost.rowKind, rows: rows,
                    chunk: chunk, params: params)
            }
            let sum = Int64(rows * (rows - 1))
            #expect(value == [.integer(sum), .integer(Int64(rows)), .integer(Int64(inits)), 2])
        }
    }

    @Test func aStateThatIsReturnedReplacesTheOld() throws {
        let source = """
            return measure { init = function() return 0 end, step = function(s, row) return s + row.x end,
              merge = function(a, b) return a + b end, finish = function(s) return s end }
            """
        let value = try withState(source) { state, _ in
            try state.instantiate(seed: 1)
            return try state.fold(
                group: LuaObject(kind: TestHost.boxKind, id: 9), rowKind: TestHost.rowKind, rows: 101, chunk: 7,
                params: .none)
        }
        #expect(value == 5050)
    }
}
