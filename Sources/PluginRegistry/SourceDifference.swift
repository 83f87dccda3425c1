/// What differs between two texts, line by line, with a few lines around.
///
/// Lines are bytes that end with a line feed: to a `String`, a carriage return before it makes it no end of a line, and two
/// spellings of one letter the same.
public struct SourceDifference: Equatable, Sendable {
    /// The file.
    public var path: String
    /// Lines that went.
    public var removed = 0
    /// Lines that came.
    public var added = 0
    /// Lines with a mark and a blank before each: `-` for what went, `+` for what came, a blank for what stayed.
    public var lines: [String] = []

    private static let around = 2
    private static let longestCompared = 1_000

    /// The difference between an old and a new text, either of which may be missing.
    public init(_ path: String, from old: [UInt8]?, to new: [UInt8]?) {
        self.path = path
        let before = Self.lines(old)
        let after = Self.lines(new)
        let (gone, come) = Self.changes(before, after)
        (removed, added) = (gone.count, come.count)
        write(before, after, gone, come)
    }

    /// The places of lines that went, and of those that came. What differs over very many lines counts as replaced:
    /// finding what they have in common takes time and memory with the square of their lines.
    private static func changes(_ before: [Line], _ after: [Line]) -> (gone: Set<Int>, come: Set<Int>) {
        let start = zip(before, after).prefix { $0 == $1 }.count
        let left = (before: before[start...], after: after[start...])
        let end = zip(left.before.reversed(), left.after.reversed()).prefix { $0 == $1 }.count
        let middle = (before: left.before.dropLast(end), after: left.after.dropLast(end))
        guard middle.before.count + middle.after.count <= longestCompared else {
            return (Set(middle.before.indices), Set(middle.after.indices))
        }
        var (gone, come): (Set<Int>, Set<Int>) = ([], [])
        for change in middle.after.difference(from: middle.before) {
            switch change {
            case .remove(let offset, _, _): gone.insert(start + offset)
            case .insert(let offset, _, _): come.insert(start + offset)
            }
        }
        return (gone, come)
    }

    private typealias Line = ArraySlice<UInt8>

    private static func lines(_ bytes: [UInt8]?) -> [Line] {
        var lines = (bytes ?? []).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Without blanks at the end, which nobody sees.
    private static func written(_ mark: String, _ text: Line) -> String {
        guard text.isEmpty else { return "\(mark) \(String(decoding: text, as: UTF8.self))" }
        return mark == " " ? "" : mark
    }

    private mutating func write(_ before: [Line], _ after: [Line], _ gone: Set<Int>, _ come: Set<Int>) {
        var all: [(mark: String, text: Line)] = []
        var (old, new) = (0, 0)
        while old < before.count || new < after.count {
            if old < before.count, gone.contains(old) {
                all.append(("-", before[old]))
                old += 1
            } else if new < after.count, come.contains(new) {
                all.append(("+", after[new]))
                new += 1
            } else {
                all.append((" ", after[new]))
                (old, new) = (old + 1, new + 1)
            }
        }
        var shown: Set<Int> = []
        for place in all.indices where all[place].mark != " " {
            shown.formUnion(max(0, place - Self.around)...min(all.count - 1, place + Self.around))
        }
        var last = -1
        for place in shown.sorted() {
            if last >= 0, place > last + 1 { lines.append("  ...") }
            lines.append(Self.written(all[place].mark, all[place].text))
            last = place
        }
    }
}
