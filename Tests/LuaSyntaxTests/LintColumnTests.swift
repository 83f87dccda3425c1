import LuaSyntax
import Testing

/// Lua's operators, conditions and loops on whole columns. Line 2 is the first line of `value(g, p)`.
struct LintColumnTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let body: String
        let place: String
        let rule: LintRule
        let message: String
        var testDescription: String { body }

        init(_ body: String, _ place: String, _ rule: LintRule, _ message: String) {
            self.body = body
            self.place = place
            self.rule = rule
            self.message = message
        }
    }

    private static let always = "compares a column as a whole and is always"

    @Test(arguments: [
        Case(
            "return g.role == \"teacher\"", "2:15", .columnComparison,
            "`==` \(always) false; write `g.role:is(\"teacher\")`."),
        Case(
            "return g.role ~= \"teacher\"", "2:15", .columnComparison,
            "`~=` \(always) true; write `~g.role:is(\"teacher\")`."),
        Case("return 3 == g.x", "2:10", .columnComparison, "`==` \(always) false; write `g.x:is(3)`."),
        Case("return g.x == nil", "2:12", .columnComparison, "`==` \(always) false; write `g.x:missing()`."),
        Case("return g.x ~= nil", "2:12", .columnComparison, "`~=` \(always) true; write `~g.x:missing()`."),
        Case("return g.x == g.y", "2:12", .columnComparison, "`==` \(always) false; write `(g.x - g.y):is(0)`."),
        Case(
            "return g.x < 3", "2:12", .columnComparison,
            "`<` cannot compare a column row by row; write `g.x:below(3)`."),
        Case(
            "return g.x <= 3", "2:12", .columnComparison,
            "`<=` cannot compare a column row by row; write `g.x:at_most(3)`."),
        Case(
            "return g.x > p.cut", "2:12", .columnComparison,
            "`>` cannot compare a column row by row; write `g.x:above(p.cut)`."),
        Case(
            "return g.x >= 3", "2:12", .columnComparison,
            "`>=` cannot compare a column row by row; write `g.x:at_least(3)`."),
        Case(
            "return 3 < g.x", "2:10", .columnComparison,
            "`<` cannot compare a column row by row; write `g.x:above(3)`."),
        Case(
            "return 3 >= g.x", "2:10", .columnComparison,
            "`>=` cannot compare a column row by row; write `g.x:at_most(3)`."),
        Case(
            "return g.x < g.y", "2:12", .columnComparison,
            "`<` cannot compare a column row by row; write `(g.x - g.y):below(0)`."),
        Case(
            "return g.x + g.y > 3", "2:18", .columnComparison,
            "`>` cannot compare a column row by row; write `(g.x + g.y):above(3)`."),
        Case(
            "return g.x:is(1) == true", "2:18", .columnComparison,
            "`==` compares a mask as a whole and is always false; write `g.x:is(1)`."),
        Case(
            "return g.x:is(1) == false", "2:18", .columnComparison,
            "`==` compares a mask as a whole and is always false; write `~g.x:is(1)`."),
        Case(
            "return g.x:is(1) ~= true", "2:18", .columnComparison,
            "`~=` compares a mask as a whole and is always true; write `~g.x:is(1)`."),
        Case(
            "return g.x:is(1) ~= g.y:is(2)", "2:18", .columnComparison,
            "`~=` compares a mask as a whole and is always true; write `g.x:is(1) ~ g.y:is(2)`."),
        Case(
            "return g.x:is(1) == g.y:is(2)", "2:18", .columnComparison,
            "`==` compares a mask as a whole and is always false; write `~(g.x:is(1) ~ g.y:is(2))`."),
        Case(
            "return g[\"x\"] == \"a long text that does not fit into any message at all\"", "2:15", .columnComparison,
            "`==` \(always) false; write `g[\"x\"]:is(...)`."),
        Case(
            "return g.x:is(1) and g.y:is(2)", "2:18", .columnLogic,
            "`and` does not look at single rows: a mask is always true here, so this is just its right side; write "
                + "`g.x:is(1) & g.y:is(2)`."),
        Case(
            "return g.x or 0", "2:12", .columnLogic,
            "`or` does not look at single rows: a column is always true here, so this is just its left side; write "
                + "`g.x | 0`."),
        Case(
            "return not g.x:is(1)", "2:8", .columnLogic,
            "`not` does not look at single rows: a mask is always true here, so this is always false; write "
                + "`~g.x:is(1)`."),
        Case(
            "return not (g.x + 1)", "2:8", .columnLogic,
            "`not` does not look at single rows: a column is always true here, so this is always false; write "
                + "`~(g.x + 1)`."),
        Case(
            "if g.x:is(1) then end", "2:4", .columnCondition,
            "`if` asks one question, but a mask has an answer for each row and is always true here; ask about one "
                + "number, such as `g.x:is(1):share()` or the `n` of `g:where(g.x:is(1))`."),
        Case(
            "if p then elseif g.x then end", "2:18", .columnCondition,
            "`if` asks one question, but a column has an answer for each row and is always true here; ask about one "
                + "number, such as `g.x:mean()` or `g.x:count()`."),
        Case(
            "while g.x do end", "2:7", .columnCondition,
            "`while` asks one question, but a column has an answer for each row and is always true here; ask about one "
                + "number, such as `g.x:mean()` or `g.x:count()`."),
        Case(
            "repeat until g.x", "2:14", .columnCondition,
            "`until` asks one question, but a column has an answer for each row and is always true here; ask about one "
                + "number, such as `g.x:mean()` or `g.x:count()`."),
        Case(
            "return g.x .. \"%\"", "2:12", .columnConcatenation,
            "`..` joins two texts, not a column, and there are no columns of new texts; compare the text of each row "
                + "with `g.x:is(\"...\")` or `:isin{ ... }`."),
        Case(
            "return \"x\" .. g.x", "2:12", .columnConcatenation,
            "`..` joins two texts, not a column, and there are no columns of new texts; compare the text of each row "
                + "with `g.x:is(\"...\")` or `:isin{ ... }`."),
        Case(
            "return #g.x", "2:8", .columnLength,
            "`#` does not count the values of a column; write `g.x:count()`."),
        Case(
            "for i, v in ipairs(g.x) do end", "2:13", .columnIteration,
            "`ipairs` cannot walk over a column; write `for i, v in ipairs(g.x:values())`."),
        Case(
            "for i, v in pairs(g.x:is(1)) do end", "2:13", .columnIteration,
            "`pairs` cannot walk over a mask; write `for i, v in ipairs(g.x:is(1):values())`."),
    ])
    func reports(_ expected: Case) throws {
        let findings = try TestWorld.findings(inValue: expected.body)
        #expect(findings.map { "\($0.line):\($0.column)" } == [expected.place])
        #expect(findings.map(\.rule) == [expected.rule])
        #expect(findings.map(\.message) == [expected.message])
        #expect(findings.map(\.severity) == [.error])
    }

    @Test func reportsEveryOperatorOfAChain() throws {
        let findings = try TestWorld.findings(inValue: "return g.x:is(1) and g.y:is(2) and g.x:is(3)")
        #expect(findings.map { "\($0.line):\($0.column)" } == ["2:18", "2:32"])
        let condition = try TestWorld.findings(inValue: "if g.x:is(1) and g.y:is(2) then end")
        #expect(condition.map(\.rule) == [.columnLogic])
    }

    /// Code that is right, or of which one cannot be sure.
    @Test(arguments: [
        "return g.x:is(1):share()", "return (g.x:is(1) & ~g.y:is(2) | g.x:missing()):share()", "return -g.x",
        "return ((g.x - 1) / 4 * 100):mean()", "return g:where(g.x:at_least(3)).y:mean()", "return g.n > 5",
        "if g.n < 5 then return nil end", "if g:previous() then return g:previous().x:mean() end",
        "local before = g:previous(); if not before then return insufficient('first') end",
        "return g.x:map(function(v) return v > 3 and v or 0 end):mean()", "if p.strict and g.x then end",
        "return (p.strict and g.x or g.y):mean()", "return p.strict and g.x:is(1) or g.y:is(2)",
        "for i, v in ipairs(g.x:values()) do if v == 'a' then break end end", "return #g.x:values()",
        "for r in g:rows() do if r.x == 'a' and r.y < 3 then break end end",
        "local t = {}; t.x = 3; return t.x == 'a' and #t.x", "return g.keys.role == 'teacher'",
        "return g.with.roster.x == 1", "return g.period .. 'a'", "return (g.x:mean()) == nil",
        "return unknown(g.x) and 1", "local ok = g.x; ok = nil; return ok == nil",
        "local x; if p.a then x = g.x end; return x == nil", "local x = g.x; x = x:mean(); if x then end",
        "return g[p.item] == 1", "local g = p; return g.x == 1 and not g.x", "return p.x == 1",
        "local function f(g) return g.x == 1 end; return f(p)", "return g:scale({}, {}):mean()",
        "local ipairs = p.walk; for i in ipairs(g.x) do end", "return g.x:isin{ 1, 2 }:share()",
        "local a, b = g.x:mean(), g.x; return a == b:mean()", "local a, b = p.f(); if b then end",
    ])
    func doesNotReport(_ body: String) throws {
        let findings = try TestWorld.findings(inValue: body).filter { $0.rule != .unknownGlobal }
        #expect(findings == [])
    }

    @Test func acceptsTheExampleMeasure() throws {
        #expect(try TestWorld.findings(TestWorld.exampleMeasure) == [])
    }

    /// Without a measure there is no group, whatever a parameter is called.
    @Test func knowsNothingOfOtherFiles() throws {
        #expect(try TestWorld.findings("local function value(g) return g.x == 1 end return { f = value }") == [])
    }
}
