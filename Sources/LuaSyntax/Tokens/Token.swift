/// One word, sign, text or number of a Lua source.
public struct Token: Sendable, Equatable {
    /// What the token is.
    public let kind: Kind
    /// What a name, text or number says; `none` for every other kind.
    public let literal: Literal
    /// Where its first character stands.
    public let position: SourcePosition
    /// Its bytes in the source.
    public let range: Range<Int>

    /// The content of a name, text or number.
    public enum Literal: Sendable, Equatable {
        /// The token is a keyword, a sign or the end of the file.
        case none
        /// A name: ASCII letters, digits and `_`.
        case name(String)
        /// The bytes of a text after its escapes were resolved. They need not be UTF-8.
        case string([UInt8])
        /// An integer. Hexadecimal integers wrap around, as in Lua.
        case integer(Int64)
        /// A float. A decimal integer that does not fit 64 bits is one too.
        case float(Double)
    }

    /// The kinds of tokens; the raw value is the spelling of a keyword or sign.
    public enum Kind: String, Sendable, CaseIterable {
        case name = "a name"
        case string = "a text"
        case integer = "an integer"
        case float = "a number"
        case endOfSource = "the end of the file"

        case and, `break`, `do`, `else`, elseif, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`, not, or
        case `repeat`, `return`, then, `true`, until, `while`

        case plus = "+"
        case minus = "-"
        case star = "*"
        case slash = "/"
        case doubleSlash = "//"
        case percent = "%"
        case caret = "^"
        case hash = "#"
        case ampersand = "&"
        case tilde = "~"
        case pipe = "|"
        case shiftLeft = "<<"
        case shiftRight = ">>"
        case equal = "=="
        case notEqual = "~="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case assign = "="
        case leftParenthesis = "("
        case rightParenthesis = ")"
        case leftBrace = "{"
        case rightBrace = "}"
        case leftBracket = "["
        case rightBracket = "]"
        case doubleColon = "::"
        case semicolon = ";"
        case colon = ":"
        case comma = ","
        case dot = "."
        case concatenate = ".."
        case ellipsis = "..."

        /// The keywords of Lua 5.4 by their spelling.
        static let keywords: [String: Kind] = {
            let words: [Kind] = [
                .and, .break, .do, .else, .elseif, .end, .false, .for, .function, .goto, .if, .in, .local, .nil, .not,
                .or, .repeat, .return, .then, .true, .until, .while,
            ]
            return Dictionary(uniqueKeysWithValues: words.map { ($0.rawValue, $0) })
        }()

        /// How a message names the kind: `` `end` `` or "a name".
        var described: String {
            switch self {
            case .name, .string, .integer, .float, .endOfSource: rawValue
            default: "`\(rawValue)`"
            }
        }
    }
}
