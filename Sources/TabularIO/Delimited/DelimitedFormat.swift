/// How a delimited text file is written, as far as somebody says it; the rest is found out from the file.
public struct DelimitedFormat: Equatable, Sendable {
    /// The byte between cells; nil for the one of comma, semicolon, tab and bar that fits.
    public var separator: UInt8?
    /// How letters are written; nil for UTF-8, or what the byte order mark says.
    public var encoding: TextEncoding?
    /// Lines above the header that are passed over; nil for those that begin with `#`.
    public var skippedLines: Int?

    /// A format of which nothing is said.
    public init(separator: UInt8? = nil, encoding: TextEncoding? = nil, skippedLines: Int? = nil) {
        self.separator = separator
        self.encoding = encoding
        self.skippedLines = skippedLines
    }

    /// The separator of a name: `tab`, or the one character itself.
    public static func separator(named name: String) -> UInt8? {
        if name == "tab" || name == "\\t" { return UInt8(ascii: "\t") }
        guard name.utf8.count == 1, let byte = name.utf8.first, !"\"\r\n".utf8.contains(byte), byte < 0x80, byte > 0
        else { return nil }
        return byte
    }
}

/// What the beginning of a file says about how it is written.
struct FormatGuess {
    private(set) var separator: UInt8
    /// Where the header begins.
    private(set) var headerStart: Int

    private static let candidates: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]
    private static let sampleSize = 100

    /// Looks at the first bytes of a file, from the byte order mark on; `isAll` when there are no more.
    init(_ head: Span<UInt8>, from start: Int, isAll: Bool, _ format: DelimitedFormat) {
        var first = start
        if let lines = format.skippedLines {
            for _ in 0..<lines { first = Record.nextLine(head, from: first) }
        }
        var comments: [Int] = []
        var behind = first
        if format.skippedLines == nil {
            while behind < head.count, "#\r\n".utf8.contains(head[behind]) {
                if head[behind] == UInt8(ascii: "#") { comments.append(behind) }
                behind = Record.nextLine(head, from: behind)
            }
        }
        let fits = (format.separator.map { [$0] } ?? Self.candidates).map { separator in
            (separator, Self.fit(head, from: behind, isAll: isAll, separator))
        }
        let best = fits.max { left, right in
            (left.1.share, left.1.width) < (right.1.share, right.1.width)
        }
        separator = format.separator ?? UInt8(ascii: ",")
        headerStart = behind
        guard let (separator, fit) = best, fit.width > 1 else { return }
        self.separator = separator
        // `#id,name` above rows of two cells is a header, but `# made on Monday, by hand` is not.
        if let last = comments.last, let cells = (try? Record(head, at: last, separator: separator))?.cells,
            cells.count == fit.width, !cells.dropFirst().contains(where: { $0.hasPrefix(" ") })
        {
            headerStart = last
        }
    }

    /// How many cells the first record has, and the share of the records after it that have as many.
    private static func fit(
        _ head: Span<UInt8>, from start: Int, isAll: Bool, _ separator: UInt8
    ) -> (share: Double, width: Int) {
        var widths: [Int] = []
        var at = start
        while at < head.count, widths.count < sampleSize, let record = try? Record(head, at: at, separator: separator) {
            // The last record may be cut off.
            if record.range.upperBound == head.count, !isAll, !widths.isEmpty { break }
            at = record.range.upperBound
            if record.cells != [""] { widths.append(record.cells.count) }
        }
        guard let width = widths.first, width > 1 else { return (0, 1) }
        return (Double(widths.count { $0 == width }) / Double(widths.count), width)
    }
}
