import MeasureModel
import Testing

/// The tests inside a measure file.
struct InFileTests {
    /// Runs the tests of a file; nil for each that passed.
    private func problems(
        _ tests: String, value: String = "return g.x:mean()", more: String = "",
        limits: EvaluationLimits = EvaluationLimits(),
        datasets: [DatasetDescription] = [World.survey]
    ) throws -> [String?] {
        let form = value.hasPrefix("init") ? value : "value = function(g, p) \(value) end"
        let source = """
            return measure { id = "a", version = "1.0.0", title = "t", domain = "hub", type = "outcome", unit = "u",
              from = "survey", \(more.contains("every") ? "" : "every = \"wave\",") \(more) \(form), tests = {
              \(tests)
              } }
            """
        let script = Script(name: "x.lua", source: Array(source.utf8))
        let replies = try World(datasets: datasets).replies(to: [.test(script, limits: limits)])
        guard case .tested(let results, let failure) = replies[1][0] else {
            throw World.Unexpected(replies: replies[1])
        }
        if let failure { Issue.record("\(failure.message)") }
        return results.map(\.problem)
    }

    @Test func theyPassAndFailOneByOne() throws {
        let results = try problems(
            """
            { name = "good", rows = { { x = 1 }, { x = 3 } }, expect = { value = 2, n = 2 } },
            { name = "bad", rows = { { x = 1 } }, expect = { value = 2 } },
            { rows = { { x = 1 } }, expect = { n = 2 } },
            """)
        #expect(results == [nil, "value: expected 2, got 1", "n: expected 2, got 1"])
    }

    @Test func theyHaveNamesAndLines() throws {
        let source = """
            return measure { id = "a", version = "1.0.0", title = "t", domain = "hub", type = "outcome", unit = "u",
              from = "survey", value = function(g) return 1 end,
              tests = {
                { name = "first", rows = {}, expect = { value = 1 } },
                { rows = {}, expect = { value = 2 } },
              } }
            """
        let script = Script(name: "x.lua", source: Array(source.utf8))
        let replies = try World().replies(to: [.test(script, limits: EvaluationLimits())])
        #expect(
            replies[1] == [
                .tested(
                    [
                        TestResult(name: "first", problem: nil, line: 4),
                        TestResult(name: "test 2", problem: "value: expected 2, got 1", line: 5),
                    ], failure: nil)
            ])
    }

    static let cases: [(test: String, value: String, problem: String?)] = [
        ("rows = { { x = 4 }, {}, { x = 5 } }, expect = { value = 4.5, n = 2 }", "return g.x:mean()", nil),
        ("rows = {}, expect = { status = \"insufficient\" }", "return g.x:mean()", nil),
        (
            "rows = { { x = 1 } }, expect = { status = \"insufficient\" }", "return g.x:mean()",
            "status: expected insufficient, got 1 (ok)"
        ),
        (
            "rows = {}, expect = { value = 1 }", "return g.x:mean()",
            "value: expected 1, got insufficient (there is no valid value)"
        ),
        ("rows = { { x = 1 } }, expect = { status = \"not_applicable\" }", "return not_applicable('no')", nil),
        (
            "rows = { { x = 1 }, { x = 2 } }, expect = { low = -4.853102368087, high = 7.853102368087 }, within = 1e-9",
            "return g.x:mean()", nil
        ),
        ("rows = { { x = 1 }, { x = 1 } }, expect = { low = 0 }", "return g.x:mean()", "low: expected 0, got 1"),
        ("rows = { { x = 1 } }, expect = { low = 0 }", "return g.x:mean()", "low: expected 0, got 1 (ok)"),
        ("rows = { { x = 1 } }, expect = { value = 1.05 }, within = 0.1", "return g.x:mean()", nil),
        ("rows = { { x = 1000 } }, expect = { value = 1000.5 }, within = 1e-3", "return g.x:mean()", nil),
        ("rows = { { x = 1 } }, expect = { value = \"1\" }", "return g.x:mean()", "value: expect a number"),
        // missing
        (
            "rows = { { x = missing(\"not_asked\") }, { x = missing(\"skipped\") }, {} }, expect = { value = 1 }",
            "return g.x:missing('not_asked'):count()", nil
        ),
        (
            "rows = { { x = missing(\"not_applicable\") }, { x = 1 } }, expect = { value = 1 }",
            "return g.x:missing('not_applicable'):count()", nil
        ),
        // parts
        (
            "rows = { { x = 1 } }, expect = { parts = { a = 1, b = { value = 1, n = 1 } } }",
            "return { a = 1, b = g.x:mean() }", nil
        ),
        (
            "rows = { { x = 1 } }, expect = { parts = { a = 2 } }", "return { a = 1, b = 3 }",
            "a.value: expected 2, got 1"
        ),
        (
            "rows = { { x = 1 } }, expect = { parts = { c = 2 } }", "return { a = 1, b = 3 }",
            "there is no part `c`, only: a, b"
        ),
        (
            "rows = { { x = 1 } }, expect = { value = 2 }", "return { a = 1, b = 3 }",
            "the measure gave several parts: expect = { parts = { ... } }"
        ),
        // errors
        ("rows = { { x = 1 } }, expect = { error = \"nil value\" }", "local t return t.x", nil),
        ("rows = { { x = 1 } }, expect = { error = \"lua_error\" }", "local t return t.x", nil),
        ("rows = { { x = 1 } }, expect = { error = \"invalid_result\" }", "return 0/0", nil),
        ("rows = { { x = 1 } }, expect = { error = \"x\" }", "return 1", "expected an error, but there was none"),
        (
            "rows = { { x = 1 } }, expect = { error = \"zzz\" }", "error('yyy', 0)",
            "expected an error with `zzz`, got: yyy"
        ),
        ("rows = { { x = 1 } }, expect = { value = 1 }", "error('yyy', 0)", "lua_error in line 3: yyy"),
        // keys, period, as_of
        ("rows = {}, keys = { role = \"t\" }, expect = { value = 1 }", "return g.keys.role == 't' and 1 or 0", nil),
        (
            "rows = {}, period = \"2025-fall\", expect = { value = 1 }",
            "return g.period.label == '2025-fall' and 1 or 0", nil
        ),
        (
            "rows = { { x = 1 } }, period = { label = \"w\", start = \"2026-02-01\", stop = \"2026-06-01\" }, expect = { value = 120 }",
            "return days(g.period.stop) - days(g.period.start)", nil
        ),
        ("rows = {}, as_of = \"2026-03-01\", expect = { value = 1 }", "return g.as_of == '2026-03-01' and 1 or 0", nil),
        (
            "rows = {}, as_of = \"soon\", expect = { value = 1 }", "return 1",
            "`as_of` is a date as text, such as \"2026-11-04\""
        ),
        (
            "rows = {}, period = 3, expect = { value = 1 }", "return 1",
            "`period` is a label or { label = , start = , stop = }"
        ),
        // previous
        (
            "rows = { { x = 5 } }, previous = { { x = 1 }, { x = 3 } }, expect = { value = 3 }",
            "return g.x:mean() - g:previous().x:mean()", nil
        ),
        ("rows = { { x = 5 } }, expect = { value = 1 }", "return g:previous() == nil and 1 or 0", nil),
        ("rows = {}, previous = { { x = 1 } }, expect = { value = 1 }", "return g:previous().n - g.n", nil),
        (
            "rows = { { x = 5 } }, previous = { survey = { { x = 2 } } }, expect = { value = 2 }",
            "return g:previous().x:mean()", nil
        ),
        // types of cells
        ("rows = { { x = \"a\" }, { x = \"b\" } }, expect = { value = 1 }", "return g.x:is('a'):count()", nil),
        ("rows = { { x = true }, { x = false } }, expect = { value = 0.5, n = 2 }", "return g.x:share()", nil),
        (
            "rows = { { x = \"2026-03-01\" }, { x = \"2026-03-05\" } }, expect = { value = 4 }",
            "return (g.x - days('2026-03-01')):max()", nil
        ),
        (
            "rows = { { x = 1 }, { x = \"a\" } }, expect = { value = 1 }", "return 1",
            "the column `x` mixes texts and numbers"
        ),
        ("rows = { { x = {} } }, expect = { value = 1 }", "return 1", "a cell of `x` is a table"),
        // fields
        ("row = {}, expect = { value = 1 }", "return 1", "a test has no field `row`; did you mean `rows`?"),
        ("rows = {}, expect = { vlaue = 1 }", "return 1", "`expect` has no field `vlaue`; did you mean `value`?"),
        ("rows = {}", "return 1", "the test says nothing of what it expects: expect = { value = 1 }"),
        ("rows = 1, expect = { n = 0 }", "return 1", "`rows` is a list of rows: { { item = 4 }, { item = 5 } }"),
        ("rows = { 1 }, expect = { n = 0 }", "return 1", "row 1 of `rows` is no record: write { item = 4 }"),
        (
            "data = { rooster = {} }, expect = { n = 0 }", "return 1",
            "`data` has rows of `rooster`, which the measure does not use; did you mean `roster`?"
        ),
        (
            "data = { roster = { { a = 1 }, { a = 2 } }, survey = { { x = 1 } } }, expect = { value = 3 }",
            "return g.with.roster.n + g.n", nil
        ),
        ("rows = {}, expect = { value = 0 }", "return g.with.roster.n", nil),
        // params
        ("rows = {}, expect = { value = 0.5 }", "return p.k", nil),
        ("rows = {}, params = { k = 0.75 }, expect = { value = 0.75 }", "return p.k", nil),
        ("rows = {}, preset = \"most\", expect = { value = 1 }", "return p.k", nil),
        ("rows = {}, preset = \"most\", params = { k = 0.25 }, expect = { value = 0.25 }", "return p.k", nil),
        (
            "rows = {}, params = { k = 2 }, expect = { n = 0 }", "return p.k",
            "the parameter `k` of a must be at least 0 and at most 1, not 2"
        ),
        (
            "rows = {}, params = { j = 2 }, expect = { n = 0 }", "return p.k",
            "the measure a has no parameter `j`: it has only k"
        ),
        ("rows = {}, params = { k = \"1\" }, expect = { n = 0 }", "return p.k", "`params` gives numbers to parameters"),
        (
            "rows = {}, preset = \"mots\", expect = { n = 0 }", "return p.k",
            "the measure has no preset `mots`; did you mean `most`?"
        ),
    ]

    @Test(arguments: cases) func whatATestCanSay(test: String, value: String, problem: String?) throws {
        let more = """
            columns = { "x" }, with = { "roster" }, params = { k = { default = 0.5, min = 0, max = 1 } }, \
            presets = { most = { k = 1 } },
            """
        let results = try problems("{ name = \"one\", \(test) },", value: "\n" + value, more: more)
        #expect(results == [problem])
    }

    /// Rows of tests may leave out what does not matter to them.
    @Test func columnsThatNoRowHasAreBlank() throws {
        for more in ["columns = { \"x\", \"y\" },", ""] {
            let test = "{ rows = { { x = 1 } }, expect = { status = \"insufficient\" } },"
            #expect(try problems(test, value: "return g.y:mean()", more: more) == [nil])
        }
        let test = "{ rows = { { x = 1 } }, expect = { error = \"`y` is not declared\" } },"
        #expect(try problems(test, value: "return g.y:mean()", more: "columns = { \"x\" },") == [nil])
    }

    @Test func withoutPeriodsNothingIsPrevious() throws {
        let problem = "`previous` needs periods: the measure says every = \"all\""
        #expect(
            try problems(
                "{ rows = { { x = 1 } }, previous = { { x = 5 } }, expect = { value = 1 } },", more: "every = \"all\",")
                == [
                    problem
                ])
        #expect(
            try problems("{ rows = { { x = 1 } }, expect = { value = 1 } },", more: "every = \"all\",") == [nil])
    }

    @Test func personsAreThoseOfTheRowsOrTheRows() throws {
        // The dataset's own rule where the rows name persons, else every row is one. A plain number shows them as n.
        let tests = """
            { rows = { { x = 1 }, { x = 2 } }, expect = { n = 2 } },
            { rows = { { x = 1, who = "a" }, { x = 2, who = "a" } }, expect = { n = 1 } },
            """
        #expect(try problems(tests, value: "return 5", datasets: [World.named]) == [nil, nil])
    }

    @Test func rosterRowsAreValidInTheirTime() throws {
        let roster = DatasetDescription(
            name: "roster", dataClass: "staff", persons: .row, validFrom: "from", validTo: "to")
        let test = """
            { period = { start = "2026-02-01", stop = "2026-06-01" }, rows = { { x = 1 } },
              data = { roster = { { from = "2026-01-01", to = "2026-01-31" }, { from = "2026-03-01" }, { to = "2026-02-01" } } },
              expect = { value = 2 } },
            """
        #expect(
            try problems(
                test, value: "return g.with.roster.n", more: "with = { \"roster\" },", datasets: [World.survey, roster])
                == [nil])
    }

    private let mean = """
        init = function() return { s = 0, n = 0 } end,
        step = function(s, r) s.s = s.s + r.x s.n = s.n + 1 end,
        merge = function(a, b) return { s = a.s + b.s, n = a.n + b.n } end,
        finish = function(s) return s.n > 0 and s.s / s.n or nil end
        """

    /// Mergeable measures run in one chunk, in chunks of two rows and row by row.
    @Test func mergeableMeasuresRunInChunks() throws {
        let tests = """
            { rows = { { x = 1 }, { x = 2 }, { x = 6 } }, expect = { value = 3 } },
            { rows = {}, expect = { status = "insufficient" } },
            """
        #expect(try problems(tests, value: mean) == [nil, nil])
        let lossy = mean.replacing("n = a.n + b.n", with: "n = b.n")
        #expect(
            try problems(tests, value: lossy) == [
                "value: expected 3, got 9 (in chunks of 2 rows: does `merge` lose something?)", nil,
            ])
    }

    @Test func limitsHoldInTestsToo() throws {
        let test = "{ rows = {}, expect = { value = 1 } },"
        let fuel = EvaluationLimits(fuel: 50_000)
        #expect(try problems(test, value: "while true do end", limits: fuel)[0]?.contains("fuel_limit in line") == true)
        #expect(
            try problems(test, value: "return #('x'):rep(1e9)", limits: EvaluationLimits(memory: 4 << 20))[0]?.contains(
                "the memory limit of 4 MB was reached") == true)
    }

    @Test func aFileThatCannotBeLoadedFailsAsAWhole() throws {
        let script = Script(name: "x.lua", source: Array("return measure { id = 3 }".utf8))
        let replies = try World().replies(to: [.test(script, limits: EvaluationLimits())])
        guard case .tested(let results, let failure) = replies[1][0] else {
            throw World.Unexpected(replies: replies[1])
        }
        #expect(results.isEmpty && failure?.code == .refused)
    }
}
