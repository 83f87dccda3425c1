/// Why bytes are not a table we can read, or a table cannot be made.
public struct ColumnarError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The file cannot be opened or mapped.
        case unreadable
        /// The bytes are not an Arrow file, or contradict themselves.
        case malformed
        /// A well-formed file uses something that we do not read; the message names it.
        case unsupported
        /// Columns of different lengths, a name twice, or the like.
        case invalidTable = "invalid_table"
    }

    /// The kind.
    public var code: Code
    /// What is wrong, as a sentence.
    public var description: String

    /// An error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    static func malformed(_ what: String) -> ColumnarError {
        ColumnarError(
            .malformed, "The file is not a well-formed Arrow file: \(what). Write it anew, or fetch it whole.")
    }
}
