/// Why a file is no table.
public struct TabularError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        case empty
        case notUTF8 = "not_utf8"
        case unterminatedQuote = "unterminated_quote"
        case badHeader = "bad_header"
        case tooLarge = "too_large"
    }

    /// The kind.
    public var code: Code
    /// What is wrong and what to do, as a sentence.
    public var description: String
    /// The line, from 1.
    public var line: Int?
    /// The byte, from 0.
    public var byte: Int?

    /// An error.
    public init(_ code: Code, _ description: String, line: Int? = nil, byte: Int? = nil) {
        self.code = code
        self.description = description
        self.line = line
        self.byte = byte
    }
}
