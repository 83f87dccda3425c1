/// Cuts a Lua 5.4 source into tokens, one at a time.
///
/// Any bytes are allowed: what is not Lua is a ``LuaSyntaxError``. The work is linear in the length of the source.
public struct Lexer: Sendable {
    /// The source text, as bytes.
    public let source: [UInt8]
    /// The next byte to read.
    var offset = 0
    private var line = 1
    private var lineStart = 0
    /// UTF-8 continuation bytes read on this line: they do not count as columns.
    private var continuationBytes = 0

    /// A lexer at the beginning of a source text.
    public init(_ source: [UInt8]) {
        self.source = source
    }

    /// All tokens of a source text; the last one is the end of the file.
    public static func tokens(of source: [UInt8]) throws(LuaSyntaxError) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        repeat {
            tokens.append(try lexer.next())
        } while tokens.last?.kind != .endOfSource
        return tokens
    }

    /// Reads the next token. At the end of the file it returns `endOfSource`, as often as it is asked.
    public mutating func next() throws(LuaSyntaxError) -> Token {
        try skipBlanksAndComments()
        let start = Mark(offset: offset, position: position)
        guard let byte = current else { return token(.endOfSource, from: start) }
        if byte.isLetter { return name(from: start) }
        if byte.isDigit { return try numeral(from: start) }
        switch byte {
        case UInt8(ascii: "."):
            return peek(1)?.isDigit == true ? try numeral(from: start) : sign(from: start)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return try quotedString(closedBy: byte, from: start)
        case UInt8(ascii: "["):
            return try longStringOrBracket(from: start)
        default:
            let token = sign(from: start)
            guard token.kind != .endOfSource else { throw unexpectedCharacter(at: start) }
            return token
        }
    }

    // MARK: Moving

    /// Where a token or a piece of one starts.
    struct Mark {
        let offset: Int
        let position: SourcePosition
    }

    var current: UInt8? { peek(0) }

    var position: SourcePosition {
        SourcePosition(line: line, column: offset - lineStart - continuationBytes + 1)
    }

    func peek(_ distance: Int) -> UInt8? {
        offset + distance < source.count ? source[offset + distance] : nil
    }

    /// Steps over a byte that does not end a line.
    mutating func advance() {
        if source[offset] & 0b1100_0000 == 0b1000_0000 { continuationBytes += 1 }
        offset += 1
    }

    /// Steps over the end of a line: `\n`, `\r`, `\r\n` or `\n\r` count as one.
    mutating func advanceLine() {
        let first = current
        offset += 1
        if let second = current, second.isNewline, second != first { offset += 1 }
        line += 1
        lineStart = offset
        continuationBytes = 0
    }

    func token(_ kind: Token.Kind, _ literal: Token.Literal = .none, from start: Mark) -> Token {
        Token(kind: kind, literal: literal, position: start.position, range: start.offset..<offset)
    }

    // MARK: Blanks, comments, names

    private mutating func skipBlanksAndComments() throws(LuaSyntaxError) {
        while let byte = current {
            if byte.isNewline {
                advanceLine()
            } else if byte.isBlank {
                advance()
            } else if byte == UInt8(ascii: "-"), peek(1) == UInt8(ascii: "-") {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(LuaSyntaxError) {
        let start = Mark(offset: offset, position: position)
        advance()
        advance()
        if let level = longBracketLevel() {
            _ = try longBracket(level: level, what: "comment", from: start)
            return
        }
        while let byte = current, !byte.isNewline { advance() }
    }

    private mutating func name(from start: Mark) -> Token {
        while let byte = current, byte.isLetter || byte.isDigit { advance() }
        let text = String(decoding: source[start.offset..<offset], as: UTF8.self)
        if let keyword = Token.Kind.keywords[text] { return token(keyword, from: start) }
        return token(.name, .name(text), from: start)
    }
}
