/// Why a file is no table.
public struct TabularError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        case unreadable
        case changed
        case empty
        case notUTF8 = "not_utf8"
        case badEncoding = "bad_encoding"
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

    static func notUTF8(line: Int, byte: Int) -> TabularError {
        TabularError(
            .notUTF8,
            "The file is not UTF-8 (line \(line)); save it as UTF-8, or say how it is written, such as "
                + "`--encoding windows-1252`.", line: line, byte: byte)
    }

    static func tooLong(line: Int, byte: Int, limit: Int) -> TabularError {
        TabularError(
            .tooLarge,
            "The record that begins in line \(line) is longer than \(limit) bytes: its line does not end, or a quote in it "
                + "does not close.", line: line, byte: byte)
    }

    static func openQuote(line: Int, byte: Int) -> TabularError {
        TabularError(
            .unterminatedQuote,
            "The quote that opens in line \(line) never closes: the file is cut off, or a quote inside a text is not "
                + "doubled.", line: line, byte: byte)
    }
}
