/// Why a source text is not Lua 5.4.
public struct LuaSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    private let content: Content

    /// Boxed, so that an error is one word: every `try` of the recursive parser has room for one on the stack.
    private indirect enum Content: Hashable, Sendable {
        case content(SourcePosition, String)
    }

    /// An error at a place in the source text; line and column count from 1.
    public init(line: Int, column: Int, message: String) {
        self.init(SourcePosition(line: line, column: column), message)
    }

    init(_ position: SourcePosition, _ message: String) {
        content = .content(position, message)
    }

    private var position: SourcePosition {
        switch content {
        case .content(let position, _): position
        }
    }

    /// The line, from 1.
    public var line: Int { position.line }

    /// The character in the line, from 1.
    public var column: Int { position.column }

    /// What is wrong and what to write instead: a full sentence without control characters.
    public var message: String {
        switch content {
        case .content(_, let message): message
        }
    }

    /// The place and the message, such as `3:7: ...`.
    public var description: String { "\(line):\(column): \(message)" }
}
