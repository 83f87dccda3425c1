import MeasureModel
import Testing

/// What a measure may return in the night, and what `eval` shows beyond that.
struct ResultTests {
    private let world = World(
        TestFile(Cells.labels("who", ["a", "b"]), Cells.numbers("x", [1, 2])), datasets: [World.named])

    @Test(arguments: [
        ("0/0", "the value is not a number (NaN)"), ("1/0", "the value is infinite"), ("-1/0", "the value is infinite"),
        ("function() end", "the value is a function"), ("'text'", "the value is a string"),
        ("true", "the value is a boolean"),
        ("{ 1, 2 }", "the value is a table"), ("{}", "the value is a table"), ("{ 1, x = 2 }", "the value is a table"),
        ("{ x = 'text' }", "the part `x` is a string"), ("{ x = {} }", "the part `x` is a table"),
        ("{ x = { y = 1 } }", "the part `x` is a table"), ("{ x = print }", "the part `x` is a function"),
        ("{ x = true }", "the part `x` is a boolean"), ("{ x = 0/0 }", "the part `x` is not a number (NaN)"),
        ("{ a = 1, b = 1/0 }", "the part `b` is infinite"),
        ("(function() local t = {} t.t = t return t end)()", "contain itself"),
        ("{ ['a\\nb'] = 'x' }", "the part `a\\u{a}b` is a string"),
        ("{ ['a\\nb'] = 1 }", "characters that cannot be seen"), ("{ [('x'):rep(81)] = 1 }", "longer than 80 bytes"),
        ("{ [1.5] = 1 }", "cannot leave a script"),
    ])
    func anythingElseIsAnInvalidResult(expression: String, message: String) throws {
        let failure = try world.ask("return \(expression)").failure()
        #expect(failure.code == .invalidResult)
        #expect(failure.message.contains(message), "\(failure.message)")
        #expect(failure.file == "Measures/x.lua")
        #expect(failure.period == "all")
    }

    @Test func anInvalidResultConcernsOneGroup() throws {
        let answer = try world.ask("return g.keys.who == nil and 0 or g.x:sum()", Question(by: ["x"]))
        #expect(answer.result.failure == nil)
        let mixed = try world.ask("if g.keys.x == '1' then return 'text' end return 5", Question(by: ["x"]))
        #expect(mixed.lines == ["1@0: invalid_result", "2@0: 5"])
        #expect(mixed.groups[0].failure?.group == mixed.groups[0].key)
    }

    @Test func numbersAreNumbers() throws {
        #expect(try world.value("return 7") == 7)
        #expect(try world.value("return 7.25") == 7.25)
        #expect(try world.value("return -0.0").sign == .plus)
        #expect(try world.value("return math.maxinteger") == 9.223372036854775807e18)
        #expect(try world.value("return 1, 2") == 1)
    }

    @Test func nothingIsInsufficient() throws {
        for body in ["return nil", "return", "", "return insufficient()"] {
            let part = try world.ask(body).part()
            #expect(part.status == .insufficient && part.estimate == nil && part.reason == nil)
            #expect(part.groupPersons == 2)
        }
        #expect(try world.ask("return insufficient('too few')").part().reason == "too few")
        let other = try world.ask("return not_applicable('no team')").part()
        #expect(other.status == .notApplicable && other.reason == "no team")
    }

    @Test func aRecordGivesPartsInOrder() throws {
        let parts = try world.ask("return { b = 1, a = g.x:mean(), c = insufficient('why'), B = not_applicable() }")
            .groups[0].parts
        #expect(parts.map(\.part) == ["B", "a", "b", "c"])
        #expect(parts.map(\.status) == [.notApplicable, .ok, .ok, .insufficient])
        #expect(parts[3].reason == "why")
        #expect(try world.ask("return { x = nil, y = 1 }").groups[0].parts.map(\.part) == ["y"])
    }

    @Test(arguments: [
        ("'text'", "\"text\""), ("true", "true"), ("{ 1, 2, { 3 } }", "[1,2,[3]]"), ("{}", "[]"),
        ("{ a = { b = 'c' } }", "{\"a\":{\"b\":\"c\"}}"), ("{ x = 'y', z = 1 }", "{\"x\":\"y\",\"z\":1}"),
        ("{ 1, x = 2 }", "{\"1\":1,\"x\":2}"), ("{ g.x:sum(), g.x:max() }", "[3,2]"),
        ("{ true, insufficient() }", "[true,null]"),
        ("g.x:values()", "[1,2]"), ("'\\27'", "\"\\u001b\""),
    ])
    func evalShowsMore(expression: String, json: String) throws {
        let answer = try world.ask("return \(expression)", Question(allowsAny: true))
        #expect(answer.groups[0].other == json)
        #expect(answer.groups[0].parts.isEmpty)
    }

    @Test(arguments: [
        "0/0", "{ 1/0 }", "print", "{ print }", "g", "{ g.x }", "{ x = { y = 0/0 } }",
        "{ ['\\255'] = true, ['\\254'] = true }", "{ true, ['1'] = true }",
    ])
    func evalRefusesTheRestToo(expression: String) throws {
        #expect(try world.ask("return \(expression)", Question(allowsAny: true)).failure().code == .invalidResult)
    }

    @Test func numbersStayObservationsInEval() throws {
        #expect(try world.ask("return g.x:mean()", Question(allowsAny: true)).value() == 1.5)
        #expect(try world.ask("return { a = 1 }", Question(allowsAny: true)).groups[0].parts.map(\.part) == ["a"])
    }

    @Test func aResultHasItsBounds() throws {
        #expect(
            try world.ask("local t = {} for i = 1, 10001 do t['k' .. i] = i end return t").failure().code
                == .invalidResult)
        let long = try world.ask("local t = {} for i = 1, 10000 do t[i] = ('x'):rep(1000) end return t").failure()
        #expect(long.code == .outputLimit)
        #expect(long.message.contains("return numbers, not tables of rows"))
    }

    @Test func whatIsPrintedIsKept() throws {
        let answer = try world.ask("print(g.n, g.keys.x) return 1", Question(by: ["x"]))
        #expect(answer.result.log == "1\t1\n1\t2\n")
        #expect(!answer.result.isLogTruncated)
        let long = try world.ask("for i = 1, 2000 do print(i) end return 1").result
        #expect(long.isLogTruncated)
        #expect(long.log.split(separator: "\n").count == 1000)
        #expect(try world.ask("print('\\27[2J') error('x')").result.log == " [2J\n")
    }

    @Test func whatWasUsedIsTold() throws {
        let usage = try world.ask("return g.x:sum()", Question(by: ["x"])).result.usage
        #expect(usage.groups == 2 && usage.rows == 2)
        #expect(usage.memoryPeak > 10_000 && usage.fuel == nil && usage.cpuSeconds > 0)
        let counted = try world.ask("return 1", Question(limits: EvaluationLimits(fuel: 1_000_000))).result.usage
        #expect(counted.fuel != nil)
    }
}
