import MeasureModel
import Testing

/// When a limit stops a measure it says which limit, at which line, on which group, and what would fit.
struct LimitTests {
    private let world = World(
        TestFile(Cells.labels("role", ["a", "a", "b", "c"]), Cells.numbers("x", [1, 2, 3, 4])))

    private func question(_ limits: EvaluationLimits) -> Question { Question(by: ["role"], limits: limits) }

    private func expectStop(
        _ answer: Answer, _ code: Failure.Code, line: Int, message: String, groups: Int
    ) throws {
        let failure = try #require(answer.result.failure)
        #expect(failure.code == code)
        #expect(failure.line == line)
        #expect(failure.message.contains(message), "\(failure.message)")
        #expect(failure.file == "Measures/x.lua")
        #expect(failure.group == GroupKey([GroupKey.Part("role", "b")]))
        #expect(failure.period == "all")
        #expect(answer.groups.count == groups, "what was finished before is kept")
    }

    @Test func theCPULimit() throws {
        let answer = try world.ask(
            "\nif g.keys.role == 'b' then\nwhile true do end\nend return 1",
            question(EvaluationLimits(cpuSeconds: 0.05)))
        try expectStop(
            answer, .cpuLimit, line: 3,
            message: "the CPU limit of 0.05 s was reached after 1 of 3 groups, ",
            groups: 1)
    }

    /// What the host holds is the script's as long as anything leads to it: an estimate keeps its column, a weighted column
    /// its weights, and every object is something in itself.
    @Test(arguments: [
        "(g.x + i):mean()", "g.x:weighted { by = g.x * 0 + i }", "some.x", "g:where(g.x:above(-i))", "g.x",
        "g.x:above(i):share()",
    ])
    func whatObjectsKeepIsBilled(object: String) throws {
        let world = World(TestFile(Cells.numbers("x", (1...1000).map(Double.init))))
        let body = "local some, t = g:where(g.x:above(0)), {} for i = 1, 30000 do t[i] = \(object) end return 1"
        let failure = try world.ask(body, Question(limits: EvaluationLimits(cpuSeconds: 1000, memory: 4 << 20)))
            .failure()
        #expect(failure.code == .memoryLimit)
    }

    /// And it comes back.
    @Test func whatIsLetGoOfIsGivenBack() throws {
        let world = World(TestFile(Cells.numbers("x", (1...1000).map(Double.init))))
        let body = "local last for i = 1, 3000 do last = (g.x + i):mean() end return last"
        let limits = EvaluationLimits(cpuSeconds: 1000, memory: 4 << 20)
        #expect(try world.value(body, Question(limits: limits)) == 3500.5)
    }

    /// A text that a script makes up is never looked for when it is longer than any name.
    @Test(arguments: [
        "g[s]", "g:column(s)", "g:each(s)", "g:scale({ s })", "g:join(s, { x = 'x' }, { 'x' })", "g.with[s]",
        "g:rows()()[s]", "g:rows()():why(s)", "g.x:mean()[s]", "g.x[s]",
    ])
    func longNamesAreRefused(expression: String) throws {
        let long = try world.ask("local s = 'e' .. ('\\u{301}'):rep(600) local v = \(expression)").failure()
        #expect(long.code == .luaError)
        #expect(long.message.contains("names have at most 1024"), "\(long.message)")
    }

    /// Nor is a column that is not there looked for off the clock: whoever asks for many is stopped.
    @Test func lookingForColumnsIsOnTheClock() throws {
        let body = "while true do pcall(function() return g['no such column'] end) end"
        let failure = try world.ask(body, Question(limits: EvaluationLimits(cpuSeconds: 0.05))).failure()
        #expect(failure.code == .cpuLimit)
        #expect(failure.line == 1)
    }

    /// Long loops of the host give up when the script's time is over.
    @Test(arguments: [
        "for k, p in g:each('x') do end", "local v = g.x:isin(t)", "local v = g.role:isin(u)",
        "g:join('survey', { x = 'x' }, { y = 'x' })",
    ])
    func verbsStopWhenTheFuelIsSpent(expression: String) throws {
        let rows = 3_000
        let world = World(
            TestFile(
                Cells.numbers("x", (0..<rows).map(Double.init)), Cells.labels("role", (0..<rows).map { "r\($0)" })))
        let body = """
            local t, u = {}, {} for i = 1, 9 do t[i] = i u[i] = 'r' .. i end
            return (pcall(function() \(expression) return 1 end)) and 1 or 0
            """
        let question = Question(with: ["survey"], limits: EvaluationLimits(fuel: 2_000))
        #expect(try world.ask(body, question).failure().code == .fuelLimit)
    }

    @Test(arguments: ["g.x:quantile(0/0)", "g.x:top_box(0/0)", "g.x:is(0/0)", "g.x:above(0/0)"])
    func noNumberIsCalledSo(expression: String) throws {
        let failure = try world.ask("return \(expression)").failure()
        #expect(failure.message.contains("not NaN"), "\(failure.message)")
    }

    @Test func theMemoryLimit() throws {
        let answer = try world.ask(
            "\nlocal t = {}\nif g.keys.role == 'b' then for i = 1, 1e8 do t[i] = i end end return 1",
            question(EvaluationLimits(memory: 4 << 20)))
        try expectStop(
            answer, .memoryLimit, line: 3,
            message:
                "the memory limit of 4 MB was reached after 1 of 3 groups, by one text or list of 2 MB, where one may "
                + "have 1 MB: build no such long ones, or set `limits.memory` for this measure to at least 4MB and "
                + "`limits.block` to at least 2MB",
            groups: 1)
    }

    @Test(arguments: [(512 << 10, "512 KB"), (1536 << 10, "1,536 KB"), (700_000, "700,000 bytes"), (1 << 20, "1 MB")])
    func theMemoryLimitIsNamedAsItIs(memory: Int, name: String) throws {
        let answer = try world.ask(
            "local t = {} for i = 1, 1e8 do t[i] = i end", question(EvaluationLimits(memory: memory)))
        #expect(answer.result.failure?.message.hasPrefix("the memory limit of \(name) was reached") == true)
    }

    @Test func theFuelLimit() throws {
        let answer = try world.ask(
            "\n\nif g.keys.role == 'b' then while true do end end return 1", question(EvaluationLimits(fuel: 100_000)))
        try expectStop(
            answer, .fuelLimit, line: 3,
            message:
                "the fuel limit of 100,000 instructions was reached after 1 of 3 groups, 99,990 instructions of it in "
                + "one group of 1 row: a loop without end? Otherwise raise it",
            groups: 1)
    }

    @Test func theOutputLimit() throws {
        let answer = try world.ask(
            "if g.keys.role == 'b' then return ('x'):rep(2000000) end return 1", question(EvaluationLimits()))
        #expect(answer.result.failure?.code == .outputLimit)
        #expect(
            answer.result.failure?.message
                == "the result is larger than 1 MB (`limits.result`), after 1 of 3 groups: return numbers, not tables of rows"
        )
        #expect(answer.groups.count == 1)
    }

    @Test func limitsAreOverAllGroupsTogether() throws {
        let body = "local x = 0 for i = 1, 20000 do x = x + i end return x"
        #expect(try world.ask(body, question(EvaluationLimits(fuel: 100_000))).groups.count == 2)
        #expect(try world.ask(body, question(EvaluationLimits(fuel: 200_000))).groups.count == 3)
    }

    @Test func oneMeasureDoesNotStopAnother() throws {
        let asked = question(EvaluationLimits(memory: 4 << 20, fuel: 200_000))
        let bodies = ["return g.x:sum()", "while true do end", "return #('x'):rep(1e8)", "return g.x:sum()"]
        let replies = try world.evaluate([asked.batch(bodies.map { asked.task(measure($0)) })])[0]
        let results = replies.compactMap { if case .task(_, let result) = $0 { result } else { nil } }
        #expect(results.map { $0.failure?.code } == [nil, .fuelLimit, .memoryLimit, nil])
        #expect(results[0].groups == results[3].groups)
    }

    @Test func whatTheHostHoldsForAScriptCounts() throws {
        let many = World(TestFile(Cells.numbers("x", (0..<20_000).map { Double($0) })))
        let keep = "local t = {} for i = 1, 40 do t[i] = g.x + i end return t[40]:max()"
        #expect(try many.ask(keep, Question(limits: EvaluationLimits(memory: 4 << 20))).failure().code == .memoryLimit)
        #expect(try many.value(keep, Question(limits: EvaluationLimits(memory: 16 << 20))) == 20_039)
        // Columns that are garbage make room.
        let drop = "local m = 0 for i = 1, 40 do m = (g.x + i):max().value end return m"
        #expect(try many.value(drop, Question(limits: EvaluationLimits(memory: 4 << 20))) == 20_039)
    }

    @Test func anAnswerLargerThanTheMemoryIsTheLimit() throws {
        let many = World(TestFile(Cells.numbers("x", (0..<100_000).map { Double($0) })))
        let failure = try many.ask("return #g.x:values()", Question(limits: EvaluationLimits(memory: 1 << 20)))
            .failure()
        #expect(failure.code == .memoryLimit)
    }

    /// A definition that fills more than half the memory fits once, not twice: the second group meets what the first
    /// has left, and is run again in a fresh state.
    @Test func garbageOfEarlierGroupsDoesNotDecide() throws {
        let source = """
            local big = {}
            for i = 1, 60000 do big[i] = i + 0.5 end
            print('made')
            return measure { value = function(g) print(g.keys.role) return #big + g.x:sum().value end }
            """
        let answer = try world.ask(file: source, form: .value, question(EvaluationLimits(memory: 2 << 20)))
        #expect(answer.result.failure == nil)
        #expect(answer.lines == ["a@0: 60003", "b@0: 60003", "c@0: 60004"])
        #expect(answer.result.log == "made\na\nmade\nb\nmade\nc\n", "what was printed stays")
        #expect(answer.result.usage.groups == 3)
    }

    /// The verdict on a group is the same whether it comes first or last, at any distance from the limit: what earlier
    /// groups left behind, in Lua and in the host, is gone before it counts.
    @Test func theVerdictOnAGroupIsItsOwn() throws {
        let rows = 4000
        func world(_ roles: [String]) -> World {
            World(
                TestFile(
                    Cells.labels("role", roles.flatMap { Array(repeating: $0, count: rows) }),
                    Cells.numbers("x", (0..<roles.count * rows).map { Double($0) })))
        }
        let (alone, three) = (world(["a"]), world(["a", "b", "c"]))
        var verdicts: Set<Bool> = []
        // Columns of 288 KB and texts of 400 to 760 KB are held: so much that the memory is full again and again.
        for held in stride(from: 40, through: 76, by: 4) {
            let body = """
                local columns, texts, text = {}, {}, ('x'):rep(10000)
                for i = 1, 9 do columns[i] = g.x + i end
                for i = 1, \(held) do texts[i] = text .. i end
                for i = 1, 300 do local garbage = text .. i end
                return columns[9]:count()
                """
            let question = Question(by: ["role"], limits: EvaluationLimits(memory: 1 << 20))
            let fits = try alone.ask(body, question).result.failure == nil
            let answer = try three.ask(body, question)
            #expect(answer.lines == (fits ? ["a@0: 4000", "b@0: 4000", "c@0: 4000"] : []), "\(held) texts")
            verdicts.insert(fits)
        }
        #expect(verdicts == [true, false], "the limit lies among these numbers of texts")
    }

    @Test func theLimitsOfAFileAreThoseOfTheTask() throws {
        let answer = try world.ask(file: "while true do end", form: .value, question(EvaluationLimits(fuel: 10_000)))
        #expect(answer.result.failure?.code == .fuelLimit)
        #expect(answer.result.failure?.line == 1)
        let long = try world.ask(file: String(repeating: "-- x\n", count: 20_000), form: .value, Question())
        #expect(long.result.failure?.code == .refused)
        let broken = try world.ask(file: "\nreturn measure {", form: .value, Question())
        #expect(broken.result.failure?.code == .syntaxError && broken.result.failure?.line == 2)
    }

    @Test func messagesForTheAuthorAreBoundedAndEscaped() throws {
        let failure = try world.ask("error(('x'):rep(10000))", Question()).failure()
        #expect(failure.message.utf8.count <= 512)
        #expect(
            try world.ask("error('\\27[31m\\n\\u{202e}')", Question()).failure().message.hasSuffix(
                "\\u{1b}[31m\\u{a}\\u{202e}"))
        let traced = try world.ask("local function f() error('x') end\nf()", Question()).failure()
        #expect(traced.traceback == [1, 2])
    }

    @Test func howMuchWouldFitIsToldWhereItIsKnown() throws {
        let three = question(EvaluationLimits(fuel: 100_000))
        let evenly = try world.ask("local x = 0 for i = 1, 20000 do x = x + i end return x", three).failure()
        #expect(
            evenly.message
                == "the fuel limit of 100,000 instructions was reached after 2 of 3 groups: at this pace all would need about "
                + "120,033 instructions; set it to at least 140000")
        let all = EvaluationLimits(memory: 8 << 20, block: 8 << 20)
        let long = try world.ask("return #('x'):rep(9 << 20)", question(all)).failure()
        #expect(long.message.contains("by one text or list of 9 MB, where one may have 8 MB"), "\(long.message)")
        let small = try world.ask("local t = {} for i = 1, 1e8 do t = { t } end", question(all)).failure()
        #expect(
            small.message.hasSuffix(
                "bytes more were asked for: keep fewer tables and columns at a time, or set `limits.memory` for this "
                    + "measure to at least 16MB"), "\(small.message)")
    }

    /// What a state used counts for the state that takes its place.
    @Test func aFreshStateIsNoFreshBudget() throws {
        let body = """
            local x = 0 for i = 1, 20000 do x = x + i end
            big = {} for i = 1, 60000 do big[i] = i + 0.5 end
            return x
            """
        let limits = EvaluationLimits(memory: 2 << 20, block: 2 << 20, fuel: 700_000)
        let alone = try world.ask(body, Question(limits: limits)).result.usage.fuel ?? 0
        #expect(alone > 250_000)
        let failure = try world.ask(body, question(limits)).failure()
        #expect(failure.code == .fuelLimit, "\(failure.message)")
    }

    @Test func resultsAreBounded() throws {
        func words(_ body: String, _ limits: EvaluationLimits) throws -> String {
            let failure = try world.ask(body, Question(limits: limits)).failure()
            return "\(failure.code.rawValue): \(failure.message)"
        }
        let parts = "local t = {} for i = 1, 11 do t['k' .. i] = i end return t"
        #expect(
            try words(parts, EvaluationLimits(resultKeys: 10))
                == "invalid_result: tables hold more than 10 keys, the most that `limits.result_keys` allows")
        #expect(
            try words("return { a = { b = { c = 1 } } }", EvaluationLimits(resultDepth: 2))
                == "invalid_result: a table is nested deeper than 2 levels, the most that `limits.result_depth` allows "
                + "(does it contain itself?)")
        #expect(
            try words("return ('x'):rep(2000)", EvaluationLimits(result: 1 << 10))
                == "output_limit: the result is larger than 1 KB (`limits.result`), after 0 of 1 groups: return numbers, not "
                + "tables of rows")
        let source = "return measure { value = function(g) return 1 end }" + String(repeating: " ", count: 1000)
        let long = try world.ask(file: source, form: .value, Question(limits: EvaluationLimits(source: 1 << 10)))
        #expect(
            try long.failure().message
                == "the source has 1051 bytes; at most 1024 are allowed (`limits.source`): make several measures of it")
        let log = try world.ask(
            "for i = 1, 9 do print(i) end return 1", Question(limits: EvaluationLimits(logLines: 3)))
        #expect(log.result.log == "1\n2\n3\n" && log.result.isLogTruncated)
    }

    /// What a group that fails has to say is a result too, and so is its key.
    @Test func resultsOfAllGroupsAreBounded() throws {
        let world = World(TestFile(Cells.labels("role", (0..<600).map { "\($0)" })))
        let network = GroupKey([GroupKey.Part("network", String(repeating: "x", count: 64 << 10))])
        let answer = try world.ask("error('why')", Question(by: ["role"], fixedKey: network))
        #expect((400..<600).contains(answer.groups.count))
        #expect(answer.result.failure?.code == .outputLimit)
        #expect(
            answer.result.failure?.message
                == "the results of all groups together are larger than 64 MB, after \(answer.groups.count) of 600 groups: "
                + "mend what fails, first of all: why")
    }

    /// A script may catch the error of an argument that is too large, so what it comes to is the same for all limits.
    @Test func argumentsOfVerbsHaveTheirOwnBounds() throws {
        let body = "local t = {} for i = 1, 20 do t[i] = i end return g.x:isin(t):count()"
        #expect(try world.value(body, Question(limits: EvaluationLimits(resultKeys: 10))) == 4)
        let large =
            "local t = {} for i = 1, 10001 do t[i] = i end return select(2, pcall(function() return g.x:isin(t) end))"
        for keys in [10, 50_000] {
            let answer = try world.ask(large, Question(allowsAny: true, limits: EvaluationLimits(resultKeys: keys)))
            #expect(
                answer.groups.first?.other?.contains("tables hold more than 10000 keys\"") == true, "\(answer.lines)")
        }
    }

    /// A small bound on results is none on definitions.
    @Test func definitionsAreNoResults() throws {
        let source = """
            return measure { id = "a.b", version = "1.0.0", title = "t", domain = "hub", type = "driver", unit = "u",
              from = "survey", value = function(g) return 1 end,
              tests = { { name = "one", rows = { { x = 1 }, { x = 2 } }, expect = { value = 1 } } } }
            """
        let script = Script(name: "x.lua", source: Array(source.utf8))
        let limits = EvaluationLimits(result: 1 << 10, resultKeys: 1, resultDepth: 1)
        let replies = try World().replies(to: [.test(script, limits: limits)])
        guard case .tested(let results, nil) = replies[1][0] else { throw World.Unexpected(replies: replies[1]) }
        #expect(results.map(\.problem) == [nil])
    }

    @Test func testsOfAFileShareOneBudget() throws {
        let test = "{ rows = {}, expect = { value = 1 } },"
        let source = """
            return measure { id = "a.b", version = "1.0.0", title = "t", domain = "hub", type = "driver", unit = "u",
              from = "survey", value = function(g) while true do end end, tests = { \(test) \(test) } }
            """
        let script = Script(name: "x.lua", source: Array(source.utf8))
        let replies = try World().replies(to: [.test(script, limits: EvaluationLimits(cpuSeconds: 0.1))])
        guard case .tested(let results, nil) = replies[1][0] else { throw World.Unexpected(replies: replies[1]) }
        #expect(results[0].problem?.hasPrefix("cpu_limit in line 2: the CPU limit of 0.1 s was reached") == true)
        #expect(
            results[1].problem == "the tests before it used up the CPU limit of 0.1 s, which all tests of a file share")
    }

    @Test func whatLuaSaysInItsOwnWordsIsExplained() throws {
        func words(_ body: String) throws -> String { try world.ask(body, Question()).failure().message }
        #expect(
            try words("local function f() return 1 + f() end return f()")
                == "stack overflow (does a function call itself without end?)")
        #expect(
            try words("local function f() return (('x'):gsub('x', f)) end return f()")
                == "C stack overflow (calls through `pcall`, `gsub`, `sort` or a metatable nest at most 200 levels)")
        #expect(
            try words("return ('a'):rep(1000):find(('a-'):rep(220) .. 'b')")
                == "pattern too complex (a pattern nests at most 200 levels: write a shorter one)")
        let deep = try world.ask(
            "local function f() return 1 + f() end return f()", Question(limits: EvaluationLimits(memory: 4 << 20)))
        #expect(try deep.failure().message.hasSuffix("(does a function call itself without end?)"))
    }

    @Test func aFileWithoutEndIsStopped() throws {
        let script = Script(name: "x.lua", source: Array("while true do end".utf8))
        let replies = try World().replies(to: [.define(script, limits: EvaluationLimits(cpuSeconds: 0.1))])
        guard case .defined(nil, let failure?, _) = replies[1][0] else {
            Issue.record("\(replies)")
            return
        }
        #expect(failure.code == .cpuLimit && failure.line == 1)
        #expect(failure.message.contains("the CPU limit of 0.1 s was reached while the file was being loaded"))
    }
}
