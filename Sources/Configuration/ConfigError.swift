/// What is wrong in a file that people write, with the place to look at.
public struct ConfigError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong and what to write instead, as a sentence.
    public var description: String
    /// The file.
    public var file: String
    /// The line in it, from 1.
    public var line: Int?
    /// The column in that line, from 1.
    public var column: Int?

    /// An error.
    public init(_ description: String, file: String, line: Int? = nil, column: Int? = nil) {
        self.description = description
        self.file = file
        self.line = line
        self.column = column
    }
}
