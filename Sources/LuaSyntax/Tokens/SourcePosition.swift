/// A place in a source text. Line and column count from 1.
///
/// A column counts characters (Unicode code points), as editors do, so that an accent in a comment does not shift
/// what stands behind it. A tab is one character.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, from 1. A line ends where Lua says so: at `\n`, `\r`, `\r\n` or `\n\r`.
    public let line: Int
    /// The character in the line, from 1.
    public let column: Int

    /// A place in a source text; both numbers count from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Orders places as they follow each other in the text.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    /// The usual notation, such as `12:5`.
    public var description: String { "\(line):\(column)" }
}
