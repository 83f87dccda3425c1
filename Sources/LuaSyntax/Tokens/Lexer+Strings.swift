extension Lexer {
    // MARK: Long brackets

    /// Reads `[[...]]`, `[=[...]=]` and so on, or else the sign `[`.
    mutating func longStringOrBracket(from start: Mark) throws(LuaSyntaxError) -> Token {
        if let level = longBracketLevel() {
            let bytes = try longBracket(level: level, what: "text", from: start)
            return token(.string, .string(bytes), from: start)
        }
        guard peek(1) != UInt8(ascii: "=") else {
            throw LuaSyntaxError(start.position, "A long text starts with `[[` or `[=[`; a `[` is missing here.")
        }
        return sign(from: start)
    }

    /// How many `=` stand in the opening long bracket that starts here; nil if none does.
    func longBracketLevel() -> Int? {
        guard current == UInt8(ascii: "[") else { return nil }
        var level = 0
        while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
        return peek(1 + level) == UInt8(ascii: "[") ? level : nil
    }

    /// Reads a long bracket from its first `[` to its last `]`. Ends of lines become `\n`; one right after the opening
    /// bracket is left out.
    mutating func longBracket(level: Int, what: String, from start: Mark) throws(LuaSyntaxError) -> [UInt8] {
        for _ in 0..<(level + 2) { advance() }
        if current?.isNewline == true { advanceLine() }
        var bytes: [UInt8] = []
        while let byte = current {
            if byte.isNewline {
                bytes.append(UInt8(ascii: "\n"))
                advanceLine()
            } else if byte == UInt8(ascii: "]") {
                if closesLongBracket(level: level, into: &bytes) { return bytes }
            } else {
                bytes.append(byte)
                advance()
            }
        }
        let closing = "]" + String(repeating: "=", count: min(level, Snippet.maximumLength)) + "]"
        throw LuaSyntaxError(start.position, "This \(what) never ends: close it with `\(closing)`.")
    }

    /// At a `]`: steps over the closing bracket and says yes, or keeps the `]` and the `=` behind it as text.
    private mutating func closesLongBracket(level: Int, into bytes: inout [UInt8]) -> Bool {
        advance()
        var count = 0
        while current == UInt8(ascii: "=") {
            count += 1
            advance()
        }
        if count == level, current == UInt8(ascii: "]") {
            advance()
            return true
        }
        bytes.append(UInt8(ascii: "]"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "="), count: count))
        return false
    }

    // MARK: Quoted texts

    /// Reads `"..."` or `'...'`.
    mutating func quotedString(closedBy quote: UInt8, from start: Mark) throws(LuaSyntaxError) -> Token {
        advance()
        var bytes: [UInt8] = []
        while let byte = current, !byte.isNewline {
            if byte == quote {
                advance()
                return token(.string, .string(bytes), from: start)
            }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &bytes)
            } else {
                bytes.append(byte)
                advance()
            }
        }
        let quote = Unicode.Scalar(quote)
        throw LuaSyntaxError(start.position, "This text never ends: close it with \(quote) on the same line.")
    }

    /// Reads an escape from its `\` on.
    private mutating func escape(into bytes: inout [UInt8]) throws(LuaSyntaxError) {
        let start = position
        advance()
        // At the end of the file the caller finds that the text never ends.
        guard let byte = current else { return }
        if byte.isNewline {
            advanceLine()
            bytes.append(UInt8(ascii: "\n"))
        } else if byte.isDigit {
            bytes.append(try decimalEscape(from: start))
        } else if let plain = Self.plainEscapes[byte] {
            advance()
            bytes.append(plain)
        } else {
            switch byte {
            case UInt8(ascii: "x"): bytes.append(try hexadecimalEscape(from: start))
            case UInt8(ascii: "u"): Self.appendUTF8(try unicodeEscape(from: start), to: &bytes)
            case UInt8(ascii: "z"): skipBlanksAfterEscape()
            default:
                let ahead = source[offset...].prefix(1)
                throw LuaSyntaxError(
                    start,
                    "`\\\(Snippet.printable(ahead))` is not an escape: write `\\\\` if you mean a backslash.")
            }
        }
    }

    private static let plainEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
        UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "\""): UInt8(ascii: "\""),
        UInt8(ascii: "'"): UInt8(ascii: "'"),
    ]

    /// `\z`: skips the blanks and ends of lines behind it.
    private mutating func skipBlanksAfterEscape() {
        advance()
        while let byte = current, byte.isNewline || byte.isBlank {
            if byte.isNewline { advanceLine() } else { advance() }
        }
    }

    /// `\ddd`: up to three decimal digits, at most 255.
    private mutating func decimalEscape(from start: SourcePosition) throws(LuaSyntaxError) -> UInt8 {
        var value = 0
        for _ in 0..<3 {
            guard let byte = current, byte.isDigit else { break }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            advance()
        }
        guard let result = UInt8(exactly: value) else {
            throw LuaSyntaxError(start, "`\\\(value)` is too large: a byte goes up to `\\255`.")
        }
        return result
    }

    /// `\xhh`: two hexadecimal digits.
    private mutating func hexadecimalEscape(from start: SourcePosition) throws(LuaSyntaxError) -> UInt8 {
        advance()
        var value: UInt8 = 0
        for _ in 0..<2 {
            guard let digit = current?.hexadecimalValue else {
                throw LuaSyntaxError(start, "`\\x` needs two hexadecimal digits, as in `\\x41`.")
            }
            value = value << 4 | digit
            advance()
        }
        return value
    }

    /// `\u{h...}`: a code point below 2^31, as Lua allows.
    private mutating func unicodeEscape(from start: SourcePosition) throws(LuaSyntaxError) -> UInt32 {
        advance()
        guard current == UInt8(ascii: "{"), peek(1)?.hexadecimalValue != nil else {
            throw LuaSyntaxError(start, "`\\u` needs hexadecimal digits in braces, as in `\\u{E9}`.")
        }
        advance()
        var value: UInt32 = 0
        while let digit = current?.hexadecimalValue {
            guard value <= 0x7FFF_FFFF >> 4 else {
                throw LuaSyntaxError(start, "`\\u{...}` is too large: it goes up to `\\u{7FFFFFFF}`.")
            }
            value = value << 4 | UInt32(digit)
            advance()
        }
        guard current == UInt8(ascii: "}") else {
            throw LuaSyntaxError(start, "`\\u{` needs a closing `}`.")
        }
        advance()
        return value
    }

    /// Lua's own UTF-8, which goes on to six bytes and does not mind surrogates.
    private static func appendUTF8(_ codePoint: UInt32, to bytes: inout [UInt8]) {
        guard codePoint >= 0x80 else {
            bytes.append(UInt8(truncatingIfNeeded: codePoint))
            return
        }
        var rest = codePoint
        var continuation: [UInt8] = []
        var roomInFirstByte: UInt32 = 0x3F
        repeat {
            continuation.append(0x80 | UInt8(truncatingIfNeeded: rest & 0x3F))
            rest >>= 6
            roomInFirstByte >>= 1
        } while rest > roomInFirstByte
        bytes.append(UInt8(truncatingIfNeeded: ~roomInFirstByte << 1 | rest))
        bytes.append(contentsOf: continuation.reversed())
    }
}
