/// Why a text is no name, version or range: a clause without a full stop, for the caller's sentence.
public struct NotationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong and what to write instead.
    public var description: String

    init(_ description: String) { self.description = description }
}
