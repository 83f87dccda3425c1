public import Columnar

/// A CSV file as rows: RFC 4180 with quotes, doubled quotes, line breaks inside quotes, LF, CRLF or CR, and a UTF-8
/// byte order mark. Blank lines are no rows.
public struct CSVSource: RowSource {
    private let bytes: Buffer<UInt8>
    private let separator: UInt8
    private let start: Position
    /// The first record.
    public let header: [String]

    /// A place in the file.
    struct Position {
        var byte: Int
        var line: Int
    }

    /// Reads the header of a file.
    ///
    /// - Throws: ``TabularError`` when the file is empty, is not UTF-8, or has no usable header.
    public init(_ bytes: Buffer<UInt8>, separator: UInt8 = UInt8(ascii: ",")) throws(TabularError) {
        self.bytes = bytes
        self.separator = separator
        let span = bytes.span
        try Self.checkEncoding(span)
        var scanner = CSVScanner(separator: separator, position: Position(byte: Self.markLength(span), line: 1))
        guard try scanner.next(span) else {
            throw TabularError(.empty, "The file is empty: a CSV begins with a line of column names.", line: 1, byte: 0)
        }
        header = scanner.texts(span)
        start = scanner.position
        try Self.checkHeader(header, at: scanner.recordStart)
    }

    /// Visits every record after the header.
    public func forEachRow(_ visit: (borrowing SourceRow) throws -> Void) throws {
        let span = bytes.span
        var scanner = CSVScanner(separator: separator, position: start)
        var number = 0
        while try scanner.next(span) {
            number += 1
            if scanner.needsDecoding {
                let (decoded, cells) = scanner.decoded(span)
                try visit(
                    SourceRow(
                        bytes: decoded.span, cells: cells, number: number, line: scanner.recordStart.line,
                        byte: scanner.recordStart.byte))
            } else {
                try visit(
                    SourceRow(
                        bytes: span, cells: scanner.cells.map(\.range), number: number,
                        line: scanner.recordStart.line, byte: scanner.recordStart.byte))
            }
        }
    }

    private static func markLength(_ bytes: Span<UInt8>) -> Int {
        bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0
    }

    private static func checkEncoding(_ bytes: Span<UInt8>) throws(TabularError) {
        if bytes.count >= 2, (bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff) {
            throw TabularError(.notUTF8, "The file is UTF-16; save it as UTF-8 and import it again.", line: 1, byte: 0)
        }
        do {
            _ = try UTF8Span(validating: bytes)
        } catch {
            let byte = error.byteOffsets.lowerBound
            var line = 1
            for index in 0..<byte where CSVScanner.endsLine(bytes, index) { line += 1 }
            throw TabularError(
                .notUTF8, "The file is not UTF-8 (line \(line)); save it as UTF-8 and import it again.", line: line,
                byte: byte)
        }
    }

    private static func checkHeader(_ header: [String], at place: Position) throws(TabularError) {
        func refusal(_ message: String) -> TabularError {
            TabularError(.badHeader, message, line: place.line, byte: place.byte)
        }
        var seen: Set<String> = []
        for (index, name) in header.enumerated() {
            guard !name.isEmpty else {
                throw refusal("Column \(index + 1) of the header has no name.")
            }
            guard seen.insert(name).inserted else {
                throw refusal("The header has the column `\(name)` twice.")
            }
        }
    }
}

/// Finds the cells of one record after the other.
struct CSVScanner {
    /// A cell as it stands in the file.
    struct Cell {
        var range: Range<Int>
        /// Whether it begins with a quote.
        var isQuoted: Bool
        /// Whether quotes stand inside that are no part of the text.
        var hasQuotes: Bool
    }

    private let separator: UInt8
    private(set) var position: CSVSource.Position
    private(set) var recordStart: CSVSource.Position
    private(set) var cells: [Cell] = []
    private(set) var needsDecoding = false

    init(separator: UInt8, position: CSVSource.Position) {
        self.separator = separator
        self.position = position
        recordStart = position
    }

    private static let quote = UInt8(ascii: "\"")
    private static let newLine = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Moves to the next record; false at the end of the file.
    mutating func next(_ bytes: Span<UInt8>) throws(TabularError) -> Bool {
        while position.byte < bytes.count {
            recordStart = position
            cells.removeAll(keepingCapacity: true)
            needsDecoding = false
            while try nextCell(bytes) {}
            let isBlank = cells.count == 1 && cells[0].range.isEmpty && !cells[0].isQuoted
            if !isBlank { return true }
        }
        return false
    }

    /// Whether a line ends with the byte at `index`: with LF, or with a CR that no LF follows.
    static func endsLine(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        if bytes[index] == newLine { return true }
        return bytes[index] == carriageReturn && !(index + 1 < bytes.count && bytes[index + 1] == newLine)
    }

    /// Reads a cell and what ends it; false when that ends the record.
    private mutating func nextCell(_ bytes: Span<UInt8>) throws(TabularError) -> Bool {
        let start = position.byte
        var at = start
        var isQuoted = false
        if at < bytes.count, bytes[at] == Self.quote {
            at = try endOfQuoted(bytes, at)
            isQuoted = true
        }
        while at < bytes.count, bytes[at] != separator, bytes[at] != Self.newLine, bytes[at] != Self.carriageReturn {
            at += 1
        }
        // "text" with nothing beside the outer quotes needs no decoding.
        let isPlainlyQuoted = isQuoted && isPlain(bytes, start, at)
        cells.append(
            Cell(
                range: isPlainlyQuoted ? start + 1..<at - 1 : start..<at, isQuoted: isQuoted,
                hasQuotes: isQuoted && !isPlainlyQuoted))
        if isQuoted && !isPlainlyQuoted { needsDecoding = true }
        guard at < bytes.count else {
            position.byte = at
            return false
        }
        position.byte = at + 1
        if bytes[at] == separator { return true }
        if bytes[at] == Self.carriageReturn, at + 1 < bytes.count, bytes[at + 1] == Self.newLine {
            position.byte = at + 2
        }
        position.line += 1
        return false
    }

    /// The place after the closing quote of a cell that opens at `start`.
    private mutating func endOfQuoted(_ bytes: Span<UInt8>, _ start: Int) throws(TabularError) -> Int {
        let line = position.line
        var at = start + 1
        while at < bytes.count {
            if bytes[at] == Self.quote {
                guard at + 1 < bytes.count, bytes[at + 1] == Self.quote else { return at + 1 }
                at += 2
                continue
            }
            if Self.endsLine(bytes, at) { position.line += 1 }
            at += 1
        }
        throw TabularError(
            .unterminatedQuote,
            "The quote that opens in line \(line) never closes: the file is cut off, or a quote inside a text is not "
                + "doubled.", line: line, byte: start)
    }

    private func isPlain(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end - start >= 2, bytes[end - 1] == Self.quote else { return false }
        for index in start + 1..<end - 1 where bytes[index] == Self.quote { return false }
        return true
    }

    /// The texts of all cells.
    func texts(_ bytes: Span<UInt8>) -> [String] {
        let (decoded, ranges) = decoded(bytes)
        return ranges.map { String(copying: decoded.span.extracting($0)) }
    }

    /// All cells of the record without quotes, side by side.
    func decoded(_ bytes: Span<UInt8>) -> (bytes: [UInt8], cells: [Range<Int>]) {
        var decoded: [UInt8] = []
        let ranges = cells.map { cell in
            let start = decoded.count
            decode(bytes, cell, into: &decoded)
            return start..<decoded.count
        }
        return (decoded, ranges)
    }

    private func decode(_ bytes: Span<UInt8>, _ cell: Cell, into decoded: inout [UInt8]) {
        var isInside = false
        var at = cell.range.lowerBound
        while at < cell.range.upperBound {
            let byte = bytes[at]
            at += 1
            if byte == Self.quote, cell.hasQuotes {
                if isInside, at < cell.range.upperBound, bytes[at] == Self.quote {
                    decoded.append(byte)
                    at += 1
                } else if isInside || at == cell.range.lowerBound + 1 {
                    isInside.toggle()
                } else {
                    decoded.append(byte)
                }
            } else {
                decoded.append(byte)
            }
        }
    }
}
