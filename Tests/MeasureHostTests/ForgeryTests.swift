import MeasureModel
import Testing

/// Only the host makes estimates. What looks like one is taken apart or refused.
struct ForgeryTests {
    /// Numbers of rows and of missing values are other things than those of objects.
    @Test func whatIsNoObjectStandsForNone() throws {
        let world = World(TestFile(Cells.numbers("x", [1, 2])))
        for kind in ["skipped", "not_applicable", "not_asked", "not_loaded"] {
            let result = try world.ask("local c = g.x local e, f = c:mean(), c:sum() return missing('\(kind)')")
                .failure()
            #expect(result.code == .invalidResult)
            #expect(
                try world.ask("local e = g.x:mean() return ratio(e, missing('\(kind)'))").failure().code == .luaError)
        }
        #expect(
            try world.message("for r in g:rows() do return g.where(r, g.x:above(0)) end").contains("verb of groups"))
    }

    /// Names of parts and of parameters that read the same, written with other bytes.
    @Test(arguments: [#"["\u{e9}"] = 1, ["e\u{301}"] = 2"#, #"["\xff"] = 1, ["\xfe"] = 2"#])
    func namesThatReadTheSameAreNoRecord(fields: String) throws {
        let world = World(TestFile(Cells.numbers("x", [1, 2])))
        #expect(try world.ask("return { \(fields) }").failure().code == .invalidResult)
    }

    private let world = World(
        TestFile(Cells.labels("who", ["a", "b", "c"]), Cells.numbers("x", [1, 2, 3])), datasets: [World.named])

    @Test func aTableOfFieldsIsARecordOfParts() throws {
        let answer = try world.ask("return { value = 0.5, n = 1000, low = 0.4, high = 0.6, persons = 1000 }")
        #expect(answer.groups[0].parts.map(\.part) == ["high", "low", "n", "persons", "value"])
        for part in answer.groups[0].parts {
            #expect(part.estimate?.n == 3 && part.estimate?.persons == 3)
            #expect(part.estimate?.low == nil)
        }
    }

    @Test(arguments: [
        "return setmetatable({ value = 1, n = 1000 }, { __index = g.x:mean() })",
        "return setmetatable({ value = 1 }, getmetatable(g.x:mean()) or {})",
        "return setmetatable({ value = 1 }, { __name = 'estimate', __tostring = function() return 'estimate' end })",
        "local e = g.x:mean() return setmetatable({ value = 1 }, { __index = function(_, k) return e[k] end })",
    ])
    func metatablesDoNotHelp(body: String) throws {
        let answer = try world.ask(body)
        for part in answer.groups[0].parts { #expect(part.estimate?.n == 3 && part.estimate?.method == nil) }
        #expect(answer.groups[0].parts.contains { $0.part == "value" })
    }

    @Test(arguments: [
        "rawset(g.x:mean(), 'n', 1000)", "rawget(g.x:mean(), 'n')", "setmetatable(g.x:mean(), {})",
        "g.x:mean().n = 1000", "getmetatable(g.x:mean()).__index = print", "g.x:mean().persons = 5",
        "string.pack('j', g.x:mean())", "return g.x:mean() .. ''", "return #g.x:mean()", "g.x:mean()()",
    ])
    func estimatesCannotBeOpened(body: String) throws {
        #expect(try world.ask(body).failure().code == .luaError)
        #expect(try world.value("return pcall(function() \(body) end) and 1 or 0") == 0)
    }

    @Test func objectsOfAnotherKindAreNoEstimates() throws {
        for (body, kind) in [
            ("return g", "group"), ("return g.x", "column"), ("return g.x:is(1)", "column"),
            ("return g.x:weighted{ by = 'x' }", "weighted column"), ("return missing('skipped')", "missing value"),
            ("return g.with", "list of datasets"), ("for r in g:rows() do return r end", "row"),
        ] {
            let failure = try world.ask(body).failure()
            #expect(failure.code == .invalidResult)
            #expect(failure.message.contains("the value is a \(kind)"), "\(failure.message)")
            let part = try world.ask("return { part = (function() \(body) end)() }").failure()
            #expect(part.message.contains("the part `part` is a \(kind)"), "\(part.message)")
        }
    }

    @Test func estimatesOfAnEarlierGroupAreGone() throws {
        let source = """
            local kept
            return measure { value = function(g, p)
              KEPT = KEPT or g.x:mean()
              return KEPT
            end }
            """
        let world = World(TestFile(Cells.labels("role", ["a", "b", "b"]), Cells.numbers("x", [1, 2, 4])))
        #expect(try world.ask(file: source, form: .value, Question(by: ["role"])).lines == ["a@0: 1", "b@0: 3"])
    }

    /// Objects that only mark a value have no number of their own; letting go of one must not let go of another.
    @Test func valuesOfTestsDoNotTakeTheGroupWithThem() throws {
        let body = """
            for i = 1, 3000 do local a, b = missing('skipped'), missing('not_loaded') end
            for i = 1, 30 do local garbage = ('x'):rep(100000) .. i end
            return g.x:sum()
            """
        #expect(try world.value(body, Question(limits: EvaluationLimits(memory: 2 << 20))) == 6)
    }

    /// Words that were put together could carry what somebody answered: only those that stand in the script come out.
    @Test func wordsAreThoseThatStandInTheScript() throws {
        func reason(_ body: String, _ question: Question = Question()) throws -> String? {
            try world.ask(body, question).part().reason
        }
        #expect(try reason("return insufficient('too few')") == "too few")
        #expect(try reason("return not_applicable(\"no team\")") == "no team")
        for body in ["insufficient('too ' .. 'few')", "insufficient(g.x:max().value .. '')", "insufficient('a\\nb')"] {
            #expect(try reason("return \(body)") == nil, "\(body)")
        }
        #expect(try reason("return insufficient('\(String(repeating: "x", count: 300))')")?.utf8.count ?? 0 <= 200)
        #expect(try reason("return insufficient({})") == nil)
        #expect(try reason("return insufficient()") == nil)
        // The author alone sees any words, bounded and escaped.
        let author = Question(allowsAny: true)
        #expect(try reason("return insufficient('a\\nb' .. '\\27')", author) == "a\\u{a}b\\u{1b}")
        #expect(try reason("return insufficient(('x'):rep(1000))", author)?.utf8.count ?? 0 <= 200)
    }
}
