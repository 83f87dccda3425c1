import LuaSyntax
import Testing

/// Globals and fractions.
struct LintHabitTests {
    @Test(arguments: [
        ("return maht.sqrt(2)", "2:8", LintRule.unknownGlobal, "Nothing here is called `maht`; did you mean `math`?"),
        ("return TRUE", "2:8", .unknownGlobal, "Nothing here is called `TRUE`; did you mean `true`?"),
        (
            "local total = 1; return totl", "2:25", .unknownGlobal,
            "Nothing here is called `totl`; did you mean `total`?"
        ),
        (
            "return g.x:is(teacher)", "2:15", .unknownGlobal,
            "Nothing here is called `teacher`, so it is nil; declare it with `local` before it is used, or put it in "
                + "quotes if it is a text."
        ),
        (
            "total = 1", "2:1", .globalAssignment,
            "`total` is a global: it is forgotten after each group; write `local total` where it is set first."
        ),
        (
            "function helper() end", "2:10", .globalAssignment,
            "`helper` is a global: it is forgotten after each group; write `local helper` where it is set first."
        ),
        (
            "local f = function() a, p.b = 1, 2 end", "2:22", .globalAssignment,
            "`a` is a global: it is forgotten after each group; write `local a` where it is set first."
        ),
        (
            "return p.a == 0.1", "2:12", .floatEquality,
            "`==` with a fraction is unreliable, because fractions are stored rounded; write "
                + "`math.abs(p.a - 0.1) < 1e-9`."
        ),
        (
            "return -0.5 ~= p.a + 1", "2:13", .floatEquality,
            "`~=` with a fraction is unreliable, because fractions are stored rounded; write "
                + "`math.abs((p.a + 1) - (-0.5)) >= 1e-9`."
        ),
    ])
    func warns(_ body: String, _ place: String, _ rule: LintRule, _ message: String) throws {
        let findings = try TestWorld.findings(inValue: body)
        #expect(findings.map { "\($0.line):\($0.column)" } == [place])
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.map(\.message) == [message])
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test(arguments: [
        "local total = 1; total = 2; return total", "return math.floor(2.5)", "p.total = 1", "return p.a == 2.0",
        "return p.a == 1e300", "return p.a == 3", "return p.a < 0.5", "local _ENV = p; return anything",
        "local _ENV = p; anything = 1", "for i = 1, 3 do i = i + 1 end",
    ])
    func doesNotWarn(_ body: String) throws {
        #expect(try TestWorld.findings(inValue: body) == [])
    }

    /// Helpers at the level of the file are set anew with the file, as are the locals there.
    @Test func allowsGlobalsOutsideOfTheMeasuresFunctions() throws {
        let source = """
            function helper(x) return x end
            limit = 3
            return measure { value = function(g) return helper(limit) end, note = function() other = 1 end }
            """
        #expect(try TestWorld.findings(source) == [])
    }

    @Test(arguments: ["value", "init", "step", "merge", "finish"])
    func looksIntoAllFunctionsOfTheMeasure(_ role: String) throws {
        let findings = try TestWorld.findings("return measure { \(role) = function() x = 1 end }")
        #expect(findings.map(\.rule) == [.globalAssignment])
    }

    @Test func asksForGlobalsOnlyIfItKnowsThem() throws {
        var context = TestWorld.context
        context.knownGlobals = nil
        #expect(try TestWorld.findings("return maht", context) == [])
    }

    @Test func ordersAndLimitsItsFindings() throws {
        let body = String(repeating: "x = g.x == maht;\n", count: 300)
        let findings = try TestWorld.findings(inValue: body)
        #expect(findings.count == Lint.maximumFindings)
        let places = findings.map { SourcePosition(line: $0.line, column: $0.column) }
        #expect(places == places.sorted())
    }
}
