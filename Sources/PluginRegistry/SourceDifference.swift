/// What differs between two texts, line by line, with a few lines around.
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
    private static let longestCompared = 4_000

    /// The difference between an old and a new text, either of which may be missing.
    public init(_ path: String, from old: [UInt8]?, to new: [UInt8]?) {
        self.path = path
        let before = Self.lines(old)
        let after = Self.lines(new)
        let (gone, come) = Self.changes(before, after)
        (removed, added) = (gone.count, come.count)
        write(before, after, gone, come)
    }

    /// The places of lines that went, and of those that came. Very long files count as replaced: finding what they have in
    /// common takes time and memory with the square of their lines.
    private static func changes(_ before: [Substring], _ after: [Substring]) -> (gone: Set<Int>, come: Set<Int>) {
        guard before != after else { return ([], []) }
        guard before.count + after.count <= longestCompared else { return (Set(before.indices), Set(after.indices)) }
        var (gone, come): (Set<Int>, Set<Int>) = ([], [])
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): gone.insert(offset)
            case .insert(let offset, _, _): come.insert(offset)
            }
        }
        return (gone, come)
    }

    private static func lines(_ bytes: [UInt8]?) -> [Substring] {
        guard let bytes, !bytes.isEmpty else { return [] }
        var lines = Substring(String(decoding: bytes, as: UTF8.self)).split(
            separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Without blanks at the end, which nobody sees.
    private static func written(_ mark: String, _ text: Substring) -> String {
        guard text.isEmpty else { return "\(mark) \(text)" }
        return mark == " " ? "" : mark
    }

    private mutating func write(_ before: [Substring], _ after: [Substring], _ gone: Set<Int>, _ come: Set<Int>) {
        var all: [(mark: String, text: Substring)] = []
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
