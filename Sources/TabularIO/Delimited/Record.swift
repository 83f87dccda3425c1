/// One record of delimited text, read the simple way: for headers and for finding out how a file is written. Rows are
/// read by ``RecordScanner``, which finds the same cells.
struct Record {
    /// The cells without quotes.
    var cells: [String]
    /// The byte where it begins and the one behind its line end.
    var range: Range<Int>
    /// Line ends in it, its own included.
    var lineCount: Int

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Whether a line ends with the byte at `index`: with LF, or with a CR that no LF follows.
    static func endsLine(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        if bytes[index] == lineFeed { return true }
        return bytes[index] == carriageReturn && !(index + 1 < bytes.count && bytes[index + 1] == lineFeed)
    }

    /// A quote that opens in a record and does not close.
    struct OpenQuote: Error {
        /// Line ends of the record before it.
        var linesBefore: Int
        /// Where it stands.
        var byte: Int
    }

    /// Reads the record that begins at `start`.
    init(_ bytes: Span<UInt8>, at start: Int, separator: UInt8) throws(OpenQuote) {
        cells = []
        lineCount = 0
        var at = start
        var cell: [UInt8] = []
        while true {
            if at < bytes.count, bytes[at] == Self.quote {
                let quote = OpenQuote(linesBefore: lineCount, byte: at)
                at += 1
                while true {
                    guard at < bytes.count else { throw quote }
                    if bytes[at] == Self.quote {
                        at += 1
                        guard at < bytes.count, bytes[at] == Self.quote else { break }
                    } else if Self.endsLine(bytes, at) {
                        lineCount += 1
                    }
                    cell.append(bytes[at])
                    at += 1
                }
            }
            while at < bytes.count, bytes[at] != separator, bytes[at] != Self.lineFeed,
                bytes[at] != Self.carriageReturn
            {
                cell.append(bytes[at])
                at += 1
            }
            cells.append(String(decoding: cell, as: UTF8.self))
            cell.removeAll(keepingCapacity: true)
            guard at < bytes.count, bytes[at] == separator else { break }
            at += 1
        }
        if at < bytes.count {
            lineCount += 1
            at += bytes[at] == Self.carriageReturn && at + 1 < bytes.count && bytes[at + 1] == Self.lineFeed ? 2 : 1
        }
        range = start..<at
    }

    /// The byte behind the line end of the line that `at` stands in.
    static func nextLine(_ bytes: Span<UInt8>, from at: Int) -> Int {
        var at = at
        while at < bytes.count {
            at += 1
            if endsLine(bytes, at - 1) { break }
        }
        return at
    }
}
