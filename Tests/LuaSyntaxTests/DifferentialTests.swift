import LuaSyntax
import PlumblineTestSupport
import Statistics
import Testing

/// Compares with the real Lua 5.4: what it accepts, what it makes of it, what its literals mean.
///
/// Deliberate differences, all of them limits of Lua's code generator that are not syntax:
/// - "function or expression needs too many registers", "too many upvalues" and "control structure too long" are
///   not reported;
/// - nesting is refused at 195 levels, where Lua's own limit of 200 moves with the depth of the host's calls.
@Suite(.enabled(if: LuaOracle.isInstalled, "needs the package lua5.4"))
struct DifferentialTests {
    private static let limitsOfTheCodeGenerator = ["too many registers", "upvalues", "control structure too long"]

    private func expectAgreement(on programs: [[UInt8]]) throws -> (accepted: Int, refused: Int) {
        var accepted = 0
        let refusals = try LuaOracle.refusals(of: programs)
        for (program, refusal) in zip(programs, refusals) {
            if let refusal, Self.limitsOfTheCodeGenerator.contains(where: refusal.contains) { continue }
            let ours = Result { () throws(LuaSyntaxError) in try SyntaxTree(parsing: program) }
            let message: String? = if case .failure(let error) = ours { error.description } else { nil }
            if (message == nil) != (refusal == nil) {
                Issue.record(
                    """
                    Lua says \(refusal ?? "ok"), we say \(message ?? "ok"), of
                    \(String(decoding: program, as: UTF8.self))
                    """)
            }
            if refusal == nil { accepted += 1 }
        }
        return (accepted, programs.count - accepted)
    }

    private func generated(_ count: Int, seed: UInt64) -> [[String]] {
        (0..<count).map { index in
            var generator = ProgramGenerator(seed: seed &+ UInt64(index))
            return generator.program()
        }
    }

    private func bytes(_ tokens: [String]) -> [UInt8] { Array(tokens.joined(separator: " ").utf8) }

    @Test func acceptsAndRefusesGeneratedProgramsAsLuaDoes() throws {
        let counts = try expectAgreement(on: generated(2000, seed: 1).map(bytes))
        #expect(counts.accepted > 1000 && counts.refused > 300)
    }

    @Test func acceptsAndRefusesProgramsWithChangedTokensAsLuaDoes() throws {
        var random = SplitMix64(seed: 2)
        let programs = generated(2000, seed: 10_000).map { bytes(Mutation.tokens($0, &random)) }
        let counts = try expectAgreement(on: programs)
        #expect(counts.accepted > 100 && counts.refused > 1000)
    }

    @Test func acceptsAndRefusesProgramsWithChangedBytesAsLuaDoes() throws {
        var random = SplitMix64(seed: 3)
        let programs = generated(2000, seed: 20_000).map { tokens in
            var program = bytes(tokens)
            for _ in 0..<Int.random(in: 1...3, using: &random) { program = Mutation.bytes(program, &random) }
            return program
        }
        let counts = try expectAgreement(on: programs)
        #expect(counts.accepted > 100 && counts.refused > 1000)
    }

    @Test func acceptsAndRefusesRandomTokensAsLuaDoes() throws {
        var random = SplitMix64(seed: 4)
        let words = Token.Kind.allCases.map(\.rawValue).filter { !$0.contains(" ") } + ["a", "b", "1", "'t'"]
        let programs = (0..<4000).map { _ in
            bytes((0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(words) })
        }
        _ = try expectAgreement(on: programs)
    }

    /// Every operation in parentheses must compile to the same code as the original.
    @Test func understandsProgramsAsLuaDoes() throws {
        var originals: [[UInt8]] = []
        var rewritten: [[UInt8]] = []
        for tokens in generated(2500, seed: 30_000) {
            guard let tree = try? SyntaxTree(parsing: bytes(tokens)) else { continue }
            originals.append(bytes(tokens))
            rewritten.append(Array(Unparser.source(of: tree).utf8))
        }
        #expect(originals.count > 1500)
        let expected = try LuaOracle.code(of: originals)
        let actual = try LuaOracle.code(of: rewritten)
        for index in originals.indices where expected[index] != actual[index] {
            Issue.record(
                """
                Read \(String(decoding: originals[index], as: UTF8.self))
                as   \(String(decoding: rewritten[index], as: UTF8.self))
                """)
        }
    }

    @Test func givesLiteralsTheValuesThatLuaGives() throws {
        var random = SplitMix64(seed: 5)
        let pieces = ["0", "1", "9", "x", "X", ".", "e", "E", "p", "P", "+", "-", "a", "F", "5", "00", "123456789"]
        let numerals = (0..<4000).map { _ in
            let first = random.pick(["0x", "0", "1", ".", "7", "0X"])
            return first + (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(pieces) }.joined()
        }
        let escapes = [
            "\\n", "\\x41", "\\xfF", "\\x4", "\\u{0}", "\\u{7FF}", "\\u{800}", "\\u{D800}", "\\u{10FFFF}",
            "\\u{7FFFFFFF}", "\\u{80000000}", "\\u{}", "\\u{12", "\\65", "\\255", "\\256", "\\0", "\\z \t\n ", "\\\n",
            "\\\r\n", "\\q", "a", "é", "\\\"", "\\'", "'", "\\\\", "\\a\\b\\f\\v\\t\\r", "7",
        ]
        let texts = (0..<3000).map { _ in
            "\"" + (0..<Int.random(in: 0...4, using: &random)).map { _ in random.pick(escapes) }.joined() + "\""
        }
        let long = ["[[\na]]", "[[\r\n\nb]]", "[=[]]]=]", "[==[x]=]y]==]", "[[a\n\rb\rc]]", "[=[]=]", "[[]", "[=x"]
        let literals = (numerals + texts + long).map { Array($0.utf8) }
        let expected = try LuaOracle.values(of: literals)
        for (literal, value) in zip(literals, expected) where spelled(literal) != value {
            Issue.record("\(String(decoding: literal, as: UTF8.self)) is \(value), not \(spelled(literal))")
        }
    }

    /// The value of a literal as the oracle spells it. Something else than one literal counts as refused, unless it is
    /// an operation, which is Lua's to compute.
    private func spelled(_ literal: [UInt8]) -> String {
        guard let tree = try? SyntaxTree(parsing: Array("return ".utf8) + literal), let last = tree.expressions.last
        else { return "refused" }
        switch last.node {
        case .integer(let value): return "integer \(value)"
        case .float(let value): return "float " + hexadecimal(value.bitPattern, digits: 16)
        case .string(let bytes): return "string " + bytes.map { hexadecimal(UInt64($0), digits: 2) }.joined()
        default: return (try? LuaOracle.values(of: [literal]).first) ?? "refused"
        }
    }

    private func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// Lua's rules beyond the grammar, one program each.
    @Test(arguments: [
        "break", "while true do break end", "repeat break until true", "for i = 1, 2 do do break end end",
        "while true do local f = function() break end end", "if true then break end",
        "while true do if true then break; ; end end", "repeat local x until (function() break end)()",
        "goto l; ::l::", "goto l", "do ::l:: end goto l", "do goto l end ::l::", "::l:: goto l",
        "goto l; local a; ::l:: print(a)", "goto l; local a; ::l::", "goto l; local a; ::l:: ; ; ::m:: ;",
        "do goto l; local a; ::l:: end", "repeat goto l; local a; ::l:: until a",
        "repeat goto l; local a; ::l:: ; until 1",
        "::l:: ::l::", "::l:: do ::l:: end", "do ::l:: end ::l::", "::l:: local f = function() ::l:: end",
        "function f() goto l end ::l::", "while true do goto continue; ::continue:: end",
        "for i = 1, 2 do local x; if x then goto continue end local y; ::continue:: end",
        "for i = 1, 2 do local x; if x then goto continue end local y; ::continue:: y = 1 end",
        "goto l; do ::l:: end", "do goto l; do ::l:: end end", "goto l; ::m:: ::l:: goto m",
        "local a <const> = 1; a = 2", "local a <const> = 1; local a; a = 2", "local a <close> = nil; a = 2",
        "local a <const> = 1; function a() end", "local a <const> = 1; function a.b() end",
        "local a <const> = 1; local function f() a = 2 end", "local a <const>, b <close>, c <close> = 1",
        "local a <final> = 1", "local a <const = 1", "local a<const>= 1", "for i = 1, 2 do i = 3 end",
        "local _ENV <const> = {}; x = 1", "local _ENV = {}; _ENV = 1; x = 2", "_ENV = {}",
        "function f() return ... end", "function f(...) return ... end", "return ...",
        "function f(...) return function() return ... end end", "function f(..., a) end", "function f(a, ...) end",
        "(a) = 1", "(a).b = 1", "a.b:c = 1", "f() = 1", "f().x = 1", "a, f() = 1, 2", "(f())", "f()", "a.b", "a:b()",
        "('x'):rep(3)", "'x':rep(3)", "f'x'.y = 1", "f{}.y()", "a.b:c'd':e{}()", "return return", "return 1; ;",
        "return 1 ; local x", "return; return", "do return end return", ";;;", "x = = 1", "x += 1", "a.1 = 2",
        "for a in b, c do end", "for a.b in c do end", "for a, b = 1, 2 do end", "for i = 1 do end",
        "if a then elseif b then else end", "if a then else elseif b then end", "else", "end", "until x",
        "local function f.a() end", "local function f:a() end", "function a:b.c() end", "function a.b:c() end",
        "local a.b = 1", "local x = 5 y = 6", "x = function a() end", "x = a\n(f)()", "a = {1; 2, [3] = 4; b = 5,}",
        "a = {,}", "a = {;}", "a = {1,,2}", "a = {[1] 2}", "a = {b = }", "return 2^-3^2, -2^2, not a == b, #a..b",
        "goto = 1", "x = goto", "local goto", "a = 1 << 2 >> 3 & 4 | 5 ~ 6 ~= 7", "#!/bin/lua", "\u{FEFF}return 1",
        "--[[ ]] x = 1", "--[==[ ]] x = 1", "--[= x\ny = 1", "-- x", "x = [=[\n]=]", "x = [=", "x = 'a\nb'",
        "x = 3e", "x = 0x", "x = 0xep1", "x = 08", "x = 3..2", "x = 3 ..2", "x = 0xA.8p-1", "x = 1//0", "x = a!=b",
    ])
    func keepsLuasRules(_ program: String) throws {
        _ = try expectAgreement(on: [Array(program.utf8)])
    }

    @Test func keepsLuasLimitOfLocalVariables() throws {
        let names = { (count: Int) in (1...count).map { "v\($0)" }.joined(separator: ", ") }
        let programs = [
            "local \(names(200))", "local \(names(201))", "local \(names(199)); for i = 1, 2 do end",
            "local \(names(196)); for i = 1, 2 do end", "local \(names(197)); for i = 1, 2 do end",
            "local \(names(195)); for i in x do end", "local \(names(196)); for i in x do end",
            "local \(names(194)); for i, j in x do end", "local \(names(195)); for i, j in x do end",
            "local function f(\(names(200))) end", "local function f(\(names(201))) end",
            "local \(names(200)); local function f() local \(names(200)) end", "local \(names(200)); do local x end",
            "local \(names(150)); do local \(names(50)) end; do local \(names(50)) end",
            "function a:b(\(names(199))) end", "function a:b(\(names(200))) end",
        ]
        _ = try expectAgreement(on: programs.map { Array($0.utf8) })
    }

    /// Around the limit the two may differ (see above); nowhere else.
    @Test func limitsNestingWhereLuaDoes() throws {
        let nests: [(Int) -> String] = [
            { "return " + String(repeating: "(", count: $0) + "1" + String(repeating: ")", count: $0) },
            { String(repeating: "do ", count: $0) + String(repeating: "end ", count: $0) },
            { "return " + String(repeating: "{", count: $0) + String(repeating: "}", count: $0) },
            { "return " + String(repeating: "not ", count: $0) + "1" },
            { "return " + String(repeating: "- ", count: $0) + "x" },
            { "return 1" + String(repeating: "..1", count: $0) },
            { "return x" + String(repeating: "^x", count: $0) },
            { "a" + String(repeating: ",a", count: $0) + "=1" },
            { (0..<$0).map { "::l\($0)::" }.joined() },
            {
                "x=" + String(repeating: "function() x=", count: $0 / 2) + "1"
                    + String(repeating: " end", count: $0 / 2)
            },
        ]
        var programs: [[UInt8]] = []
        for nest in nests {
            for depth in [1, 50, 150, 190, 200, 250, 1000] { programs.append(Array(nest(depth).utf8)) }
        }
        let counts = try expectAgreement(on: programs)
        #expect(counts.accepted >= 30 && counts.refused >= 20)
    }
}
