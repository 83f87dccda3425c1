import LuaSyntax
import PlumblineTestSupport
import Statistics
import Testing

/// Whatever the bytes: a tree or an error, never a crash, on a stack of 512 KiB.
struct RobustnessTests {
    private enum Outcome: Equatable {
        case tree(findings: Int)
        case error(String)
    }

    /// Everything that this room does with a source.
    private static func outcome(_ source: [UInt8]) -> Outcome {
        do {
            let tree = try SyntaxTree(parsing: source)
            _ = MeasureOutline(of: tree)
            return .tree(findings: Lint.findings(in: tree, TestWorld.context).count)
        } catch {
            return .error(error.message)
        }
    }

    private func outcomes(_ sources: [[UInt8]]) throws -> [Outcome] {
        try onThread(stackSize: 512 * 1024) { sources.map(Self.outcome) }
    }

    private static let size = 64 * 1024

    private static func filled(_ start: String, with piece: String, _ end: String = "") -> [UInt8] {
        let count = (size - start.utf8.count - end.utf8.count) / piece.utf8.count
        return Array((start + String(repeating: piece, count: count) + end).utf8)
    }

    @Test(arguments: [
        "(", "{", "[", "not ", "- ", "~", "#", "not-", "{{}", "f(", "f{", "a[", "function() ", "do ", "repeat ",
        "if a then ",
        "while a do ", "for i = 1, 2 do ", "::a", "a^", "a..", "a+(", "(function() return ", "{a={", "{[", "a,",
        "local function f() ",
        "for i in a do ", "elseif a then do ", "if a then else do ", "a:b(", "local a = (", "return function() ",
        "f(a, ", "f{[", "a:b{[", "a:b{[a:b(",
        "{[f(", "for i = f{[", "for i in f(function() ", "local a = function() ", "a = function() ", "a:b{function() ",
        "{function() ",
    ])
    func refusesDeepNesting(_ piece: String) throws {
        for start in ["", "return ", "x = "] {
            let outcome = try outcomes([Self.filled(start, with: piece)]).first
            if case .error = outcome { continue }
            Issue.record("\(piece) after \(start): \(String(describing: outcome))")
        }
    }

    @Test(arguments: [
        ("return a", ".a", ""), ("return a", "[1]", ""), ("return a", "()", ""), ("return a", ":b()", ""),
        ("return a", "'s'", ""), ("return a", "{}", ""), ("return a", "+a", ""), ("return a", " and a", ""),
        ("return a", " or a", ""), ("return a", "<a", ""), ("return a", "&a", ""), ("a.a", ".a", " = 1"),
        ("", "a.a=a ", ""), ("", ";", ""), ("return {", "1,", "}"), ("return {", "a=1;", "}"),
        ("", "do local a end ", ""),
        ("f(", "1,", "1)"), ("", "do end ", ""), ("if a then ", "elseif a then ", "end"), ("", "f() ", ""),
        ("", "\n", ""), ("", "\r\n", ""), ("--[==[", "]", "]==]"), ("--[==[", "]=", "]==]"), ("return '", "\\n", "'"),
        ("return 0x", "f", ""), ("return 1", "0", ""), ("return 0.", "0", ""), ("return 1e", "9", ""),
        ("", "goto a ", "::a::"), ("", "do goto a end ", "::a::"), ("::a:: ", "goto a ", ""),
        ("", "x = function() end ", ""),
        ("local a ", "a = a ", ""), ("return measure { tests = {", "{},", "} }"),
    ])
    func readsLongChainsAndLists(_ start: String, _ piece: String, _ end: String) throws {
        let outcome = try outcomes([Self.filled(start, with: piece, end)]).first
        if case .tree = outcome { return }
        Issue.record("\(start)\(piece)...\(end): \(String(describing: outcome))")
    }

    /// Chains of columns, and variables whose kinds depend on each other, take every rule its longest way.
    @Test(arguments: [
        ("return g.x", " & g.x", ""), ("return g.x", " and g.x", ""), ("return g.x", " == g.x", ""),
        ("return g", ":where(m)", ""), ("return g.x", ":is(1)", ""), ("return g.x", ".mean()", ""),
        ("", "g.safty_1() ", ""),
        ("", "unknown() ", ""), ("", "g.x = g.y ", ""), ("", "if g.x then end ", ""), ("", "t[a<b]=1 ", ""),
        ("", "x = 1&2.5 ", ""), ("", "do local a = g.x a = 1 end ", ""),
        ("local a,b = g.x,g.x ", "a = b b = a ", "a = 1"),
    ])
    func lintsLongMeasures(_ start: String, _ piece: String, _ end: String) throws {
        let source = Self.filled("return measure { value = function(g) " + start, with: piece, end + " end }")
        let outcome = try outcomes([source]).first
        if case .tree(let findings) = outcome, findings <= Lint.maximumFindings { return }
        Issue.record("\(piece): \(String(describing: outcome))")
    }

    @Test func survivesRandomBytes() throws {
        var random = SplitMix64(seed: 6)
        var sources: [[UInt8]] = []
        for _ in 0..<3000 {
            let length = Int.random(in: 0...60, using: &random)
            sources.append((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        sources.append((0..<Self.size).map { _ in UInt8.random(in: 0...255, using: &random) })
        #expect(try outcomes(sources).count == sources.count)
    }

    @Test func survivesRandomBytesOfLua() throws {
        var random = SplitMix64(seed: 7)
        let letters = Array("ag.x:()[]{}=<>~&|+-*/^%#,;'\"\\ \n\t019eExX_é—".utf8)
        let sources = (0..<3000).map { _ in
            (0..<Int.random(in: 0...60, using: &random)).map { _ in random.pick(letters) }
        }
        #expect(try outcomes(sources).count == sources.count)
    }

    @Test func survivesChangedMeasures() throws {
        var random = SplitMix64(seed: 8)
        let original = Array(TestWorld.exampleMeasure.utf8)
        let sources = (0..<1500).map { _ in
            var source = original
            for _ in 0..<Int.random(in: 1...8, using: &random) { source = Mutation.bytes(source, &random) }
            return source
        }
        let results = try outcomes(sources)
        #expect(results.count == sources.count)
        #expect(results.contains { if case .tree = $0 { true } else { false } })
    }

    @Test func survivesEveryBeginningOfAMeasure() throws {
        let original = Array(TestWorld.exampleMeasure.utf8)
        #expect(try outcomes(original.indices.map { Array(original[..<$0]) }).count == original.count)
    }

    /// Messages are printed on terminals and pages: nothing in them may be more than text.
    @Test func keepsControlCharactersOutOfMessages() {
        let hostile = "\u{1B}[2J\u{202E}\u{0}\u{85}\n"
        let sources = [
            "x = \(hostile)", "return '\(hostile)", "x = 'a\\\u{1B}'", "goto a\u{1B}", "x = 1\u{1B}", "\u{1B}",
            "return measure { value = function(g) return g[\"\u{1B}]\u{7}\"] end }",
            "return measure { value = function(g) return g.x == \"\u{1B}\u{202E}\" end }",
            "return measure { value = function(g) return t[\"\u{9B}\" < 1] end }",
        ]
        for source in sources {
            var messages: [String] = []
            do {
                let tree = try SyntaxTree(parsing: Array(source.utf8))
                messages = Lint.findings(in: tree, TestWorld.context).map(\.message)
            } catch {
                messages = [error.message]
            }
            #expect(!messages.isEmpty)
            for scalar in messages.joined().unicodeScalars {
                let category = scalar.properties.generalCategory
                #expect(
                    category != .control && category != .format,
                    "\(scalar.value) in a message on \(source.debugDescription)")
            }
        }
    }
}
