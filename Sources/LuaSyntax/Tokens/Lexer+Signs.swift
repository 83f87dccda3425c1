extension Lexer {
    /// Reads an operator or a bracket, the longest that fits. Of a byte that starts none it makes `endOfSource` and
    /// reads nothing.
    mutating func sign(from start: Mark) -> Token {
        let kind = signAhead()
        for _ in 0..<(kind == .endOfSource ? 0 : kind.rawValue.utf8.count) { advance() }
        return token(kind, from: start)
    }

    private func signAhead() -> Token.Kind {
        switch current {
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .star
        case UInt8(ascii: "/"): follows("/") ? .doubleSlash : .slash
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "^"): .caret
        case UInt8(ascii: "#"): .hash
        case UInt8(ascii: "&"): .ampersand
        case UInt8(ascii: "~"): follows("=") ? .notEqual : .tilde
        case UInt8(ascii: "|"): .pipe
        case UInt8(ascii: "<"): follows("=") ? .lessOrEqual : follows("<") ? .shiftLeft : .less
        case UInt8(ascii: ">"): follows("=") ? .greaterOrEqual : follows(">") ? .shiftRight : .greater
        case UInt8(ascii: "="): follows("=") ? .equal : .assign
        case UInt8(ascii: ":"): follows(":") ? .doubleColon : .colon
        case UInt8(ascii: "."): !follows(".") ? .dot : peek(2) == UInt8(ascii: ".") ? .ellipsis : .concatenate
        default: bracketAhead()
        }
    }

    private func bracketAhead() -> Token.Kind {
        switch current {
        case UInt8(ascii: "("): .leftParenthesis
        case UInt8(ascii: ")"): .rightParenthesis
        case UInt8(ascii: "{"): .leftBrace
        case UInt8(ascii: "}"): .rightBrace
        case UInt8(ascii: "["): .leftBracket
        case UInt8(ascii: "]"): .rightBracket
        case UInt8(ascii: ";"): .semicolon
        case UInt8(ascii: ","): .comma
        default: .endOfSource
        }
    }

    private func follows(_ character: Unicode.Scalar) -> Bool {
        peek(1) == UInt8(ascii: character)
    }

    /// Explains a character that Lua has no use for; people who come from R, Excel or Word meet a few of them.
    func unexpectedCharacter(at start: Mark) -> LuaSyntaxError {
        let ahead = source[start.offset...].prefix(4)
        let character = String(String(decoding: ahead, as: UTF8.self).unicodeScalars.prefix(1))
        let message =
            switch character {
            case "!": "Lua has no `!`: write `~=` for \"is not equal\" and `not` for \"not\"."
            case "\u{FEFF}": "The file starts with a byte order mark: save it as UTF-8 without one."
            case "\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}":
                "Lua does not know curly quotes: write straight ones, \" or '."
            case "$", "@", "?", "`", "\\": "Lua has no use for `\(character)` here."
            case "\u{FFFD}": "This byte is not text: save the file as UTF-8."
            default:
                "`\(Snippet.printable(ahead.prefix(character.utf8.count)))` cannot stand here: names are made of the "
                    + "letters a to z, digits and `_`; everything else needs quotes, as in g[\"any name\"]."
            }
        return LuaSyntaxError(start.position, message)
    }
}
