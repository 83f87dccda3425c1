import LuaSyntax
import Testing

struct LexerTests {
    private func tokens(_ source: String) throws -> [Token] {
        try Lexer.tokens(of: Array(source.utf8))
    }

    @Test func knowsEveryKeywordAndSign() throws {
        let words = Token.Kind.allCases.filter { ![.name, .string, .integer, .float, .endOfSource].contains($0) }
        let source = words.map(\.rawValue).joined(separator: " ")
        #expect(try tokens(source).map(\.kind) == words + [.endOfSource])
        #expect(words.count == 22 + 33)
    }

    @Test func takesTheLongestSign() throws {
        let kinds = try tokens("a...b..c.d<<e<=f>>=g//h~=i::j:k==l").map(\.kind).filter { $0 != .name }
        #expect(
            kinds == [
                .ellipsis, .concatenate, .dot, .shiftLeft, .lessOrEqual, .shiftRight, .assign, .doubleSlash, .notEqual,
                .doubleColon, .colon, .equal, .endOfSource,
            ])
    }

    @Test(arguments: [
        ("0", Token.Literal.integer(0)), ("42", .integer(42)), ("0x10", .integer(16)), ("0XfF", .integer(255)),
        ("9223372036854775807", .integer(.max)), ("0x7fffffffffffffff", .integer(.max)),
        ("0xffffffffffffffff", .integer(-1)), ("0x1ffffffffffffffff", .integer(-1)),
        ("9223372036854775808", .float(0x1p63)), ("3.0", .float(3)), ("3.", .float(3)), (".5", .float(0.5)),
        ("3e2", .float(300)), ("3E-2", .float(0.03)), ("0x.8", .float(0.5)), ("0xA.8p1", .float(21)),
        ("0x1p-2", .float(0.25)), ("1e400", .float(.infinity)), ("0e999999999999", .float(0)),
        ("0x1.921fb54442d18p+1", .float(.pi)),
    ])
    func readsNumbers(_ source: String, _ literal: Token.Literal) throws {
        #expect(try tokens(source).map(\.literal) == [literal, .none])
    }

    @Test(arguments: [
        "3e", "3e+", "0x", "0xp1", "0x.p1", "1.2.3", "3x", "1_000", "0xg", "1e5.5", "08a", "3..2", "12e3e4", "0x1p",
        "0x1pf",
    ])
    func refusesNumbers(_ source: String) {
        #expect(throws: LuaSyntaxError(line: 1, column: 3, message: "`\(source)` is not a number.")) {
            try tokens("= \(source) ")
        }
    }

    @Test(arguments: [
        (#"'a"b'"#, "a\"b"), (#""it's""#, "it's"), (#"'\a\b\f\n\r\t\v\\\"\''"#, "\u{7}\u{8}\u{C}\n\r\t\u{B}\\\"'"),
        (#"'\x41\65\065\0659'"#, "AAAA9"), (#"'\u{41}\u{E9}\u{20AC}\u{1F600}'"#, "Aé€😀"), ("'a\\\nb'", "a\nb"),
        ("'a\\\r\nb'", "a\nb"), ("'a\\z  \n\t b'", "ab"), ("[[a]b]]", "a]b"), ("[[\na\r\nb]]", "a\nb"),
        ("[==[a]]b]=]c]==]", "a]]b]=]c"), ("[[]]", ""), ("''", ""),
    ])
    func readsTexts(_ source: String, _ text: String) throws {
        #expect(try tokens(source).map(\.literal) == [.string(Array(text.utf8)), .none])
    }

    @Test func keepsBytesThatAreNotUTF8() throws {
        let tokens = try Lexer.tokens(of: [0x27, 0xFF, 0x00, 0xC3, 0x27])
        #expect(tokens.first?.literal == .string([0xFF, 0x00, 0xC3]))
        let escaped = try Lexer.tokens(of: Array(#"'\u{7FFFFFFF}\u{D800}'"#.utf8))
        #expect(escaped.first?.literal == .string([0xFD, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF, 0xED, 0xA0, 0x80]))
    }

    @Test func skipsComments() throws {
        let source = "a -- b\n--[[ c\n]] d --[==[ ]] ]==] e --[=x\nf --"
        let names = try tokens(source).map(\.literal).filter { $0 != .none }
        #expect(names == [.name("a"), .name("d"), .name("e"), .name("f")])
    }

    @Test func countsLinesAndColumns() throws {
        let source = "a\nbb c\r\nd\n\re\rf\tg --[[\n]] h '\\\n' i [[\n\n]] j é"
        var positions: [String] = []
        var lexer = Lexer(Array(source.utf8))
        while let token = try? lexer.next(), token.kind != .endOfSource {
            positions.append("\(token.position) \(source.utf8.count > 0 ? token.kind.rawValue.prefix(6) : "")")
        }
        #expect(
            positions == [
                "1:1 a name", "2:1 a name", "2:4 a name", "3:1 a name", "4:1 a name", "5:1 a name", "5:3 a name",
                "6:4 a name", "6:6 a text", "7:3 a name", "7:5 a text", "9:4 a name",
            ])
    }

    /// Editors count characters, not bytes; bytes that are not UTF-8 must not upset the count.
    @Test func countsColumnsInCharacters() throws {
        #expect(try tokens("--[[é€😀]] a").first?.position == SourcePosition(line: 1, column: 11))
        let stray = Array("'".utf8) + [0x80, 0x80, 0xBF, 0xFF, 0xC3] + Array("' a".utf8)
        #expect(try Lexer.tokens(of: stray).dropFirst().first?.position == SourcePosition(line: 1, column: 6))
    }

    @Test func givesTheBytesOfEachToken() throws {
        let source = "local  x=[[é]] ..'b'"
        let bytes = Array(source.utf8)
        let spellings = try tokens(source).map { String(decoding: bytes[$0.range], as: UTF8.self) }
        #expect(spellings == ["local", "x", "=", "[[é]]", "..", "'b'", ""])
    }
}
