import LuaSyntax
import PlumblineTestSupport
import Statistics
import Testing

/// Forms that Lua 5.4.4 compiles wrongly.
struct LintCompilerTests {
    private func findings(_ source: String, _ rule: LintRule) throws -> [LintFinding] {
        try TestWorld.findings(source).filter { $0.rule == rule }
    }

    // MARK: Comparisons as keys

    @Test(arguments: [
        ("return t[a < b]", "1:10", "a < b"), ("t[a == b] = 1", "1:3", "a == b"), ("return t[not a]", "1:10", "not a"),
        ("return t[(a ~= b)]", "1:10", "(a ~= b)"), ("return t[a and b < c]", "1:10", "a and b < c"),
        ("return t[x or (not y)]", "1:10", "x or (not y)"), ("return { [a >= b] = 1 }", "1:11", "a >= b"),
        ("return t[1][a <= b].c", "1:13", "a <= b"), ("return _ENV[a > b]()", "1:13", "a > b"),
        ("t.x[a < b]:f()", "1:5", "a < b"), ("a, t[a < b] = 1, 2", "1:6", "a < b"),
    ])
    func reportsComparisonsAsKeys(_ source: String, _ place: String, _ key: String) throws {
        let findings = try findings(source, .comparisonAsIndex)
        #expect(findings.map { "\($0.line):\($0.column)" } == [place])
        #expect(
            findings.map(\.message) == [
                "Lua 5.4.4 can go wrong when a comparison is used as a key directly; compute it into a local first: "
                    + "`local key = \(key)`, then `[key]`."
            ])
        #expect(findings.map(\.severity) == [.error])
    }

    @Test(arguments: [
        "local key = a < b; return t[key]", "return t[a or b]", "return t[a and b or c]", "return t[f(a < b)]",
        "return t[a + b]", "return t[{ a < b }]", "return t.x < b", "return { a < b, x = a < b, [1] = not a }",
        "return t[-a]", "return t[function() return a < b end]",
    ])
    func allowsOtherKeys(_ source: String) throws {
        #expect(try findings(source, .comparisonAsIndex) == [])
    }

    // MARK: Bitwise operators and many constants

    /// A function with this many different constants, and then `body`.
    private func function(constants: Int, _ body: String) -> String {
        "local x, y = 1\nlocal function f()\n local t = {" + (0..<constants).map { "\($0).5" }.joined(separator: ",")
            + "}\n \(body)\nend"
    }

    @Test func reportsBitwiseOperatorsInBigFunctions() throws {
        let findings = try findings(function(constants: 300, "return x & y, x | y"), .bitwiseConstants)
        #expect(findings.map { "\($0.line):\($0.column)" } == ["4:11"])
        #expect(
            findings.map(\.message) == [
                "Lua 5.4.4 can compute `&` wrongly in a function with more than 255 constants (texts, numbers and "
                    + "names); split the function."
            ])
        #expect(findings.map(\.severity) == [.error])
    }

    @Test(arguments: [
        (255, "return x | y", 0), (256, "return x | y", 1), (300, "return x ~ y", 1), (300, "return ~x", 0),
        (300, "return x << y", 0), (300, "return x + y, x .. y, x == y, x and y", 0),
        (300, "return function() return x & y end", 0), (255, "return (x & y).name", 1), (255, "return x & y, t", 0),
        (255, "return x:verb() & y", 1), (255, "return global & y", 1), (254, "return x & 'text'", 0),
        (254, "return x & 1", 0), (254, "return x & -1", 1), (255, "return x & y, x & y, 0.5, 1.5", 0),
        (253, "return x & y, nil, true, false", 1),
    ])
    func countsConstants(_ constants: Int, _ body: String, _ expected: Int) throws {
        #expect(try findings(function(constants: constants, body), .bitwiseConstants).count == expected)
    }

    /// The count may be too high but not too low: an inner function makes Lua add constants of the outer one again.
    @Test func countsConstantsAgainAfterInnerFunctions() throws {
        let repeated = String(repeating: "a = 'x' b = function() return 'x' end ", count: 100)
        #expect(try findings("local x, y, a, b " + repeated + "return x & y", .bitwiseConstants).count == 0)
        let more = String(repeating: "a = 'x' b = function() return 'x' end ", count: 300)
        #expect(try findings("local x, y, a, b " + more + "return x & y", .bitwiseConstants).count == 1)
    }

    @Test func countsWhatTheCompilerComputes() throws {
        let sums = (1...150).map { "2.5 + \($0)" }.joined(separator: ",")
        #expect(try findings("local x, y return x & y, {\(sums)}", .bitwiseConstants).count == 1)
        let constants = (1...130).map { "local c\($0) <const> = \($0).5" }.joined(separator: " ")
        let uses = (1...130).map { "c\($0)" }.joined(separator: ",")
        let inner = "function f() return x & y, \(uses), c1 + c2 end"
        #expect(try findings("local x, y \(constants) \(inner)", .bitwiseConstants).count == 0)
    }
}

/// Compares the count of constants with that of the real compiler.
@Suite(.enabled(if: LuaOracle.isInstalled, "needs the package lua5.4"))
struct ConstantCountTests {
    private func program(_ random: inout SplitMix64) -> String {
        var source = "local x, y, a, b\n"
        let pieces = Int.random(in: 60...500, using: &random)
        for _ in 0..<pieces {
            let number = Int.random(in: 0...300, using: &random)
            let other = Int.random(in: 0...300, using: &random)
            source += random.pick([
                "a = \(number) ", "a = \(number).5 ", "a = 'n\(number)' ", "a.n\(number) = nil ", "b = n\(number) ",
                "a = \(number) + \(other) ", "a = -\(number) ", "a = \(number) * -\(other).5 ", "a = ~\(number) ",
                "a = (\(number)) // \(other) ", "a = x == \(number) ", "a = { n\(number) = true, \(other), false } ",
                "a = x:n\(number)('n\(other)') ", "a = function() b = 'n\(number)' + \(other) end ",
                "do local c <const> = \(number).25; a = c + \(other); b = { [c] = -c } end ",
                "do local c <const> = 'n\(number)'; a = function() b = c end end ", "a = 1 << \(number) ",
                "for i = \(number), \(other)00000 do a = i end ", "a = \(number)00000 ",
            ])
        }
        return source + "return x & y"
    }

    @Test func isNeverTooLow() throws {
        var random = SplitMix64(seed: 10)
        let programs = (0..<150).map { _ in program(&random) }
        let counts = try LuaOracle.constantCounts(of: programs.map { Array($0.utf8) })
        var reported = 0
        for (program, count) in zip(programs, counts) {
            let isReported = try TestWorld.findings(program).contains { $0.rule == .bitwiseConstants }
            if count[0] > 255 { #expect(isReported, "\(count[0]) constants in \(program)") }
            if isReported { reported += 1 }
        }
        #expect(counts.contains { $0[0] > 255 } && reported < programs.count)
    }
}
