/// Why a feed cannot be shown.
public struct FeedError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        case noEdition = "no_edition"
        case unknownAudience = "unknown_audience"
        case corrupt
        case notWritable = "not_writable"
    }

    /// The kind.
    public var code: Code
    /// What is wrong and what to do, as a sentence.
    public var description: String

    /// An error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
