import Columnar

/// A file of delimited text: RFC 4180 with quotes, doubled quotes, line breaks inside quotes, LF, CRLF or CR; commas
/// or another separator; UTF-8, UTF-16 or Windows-1252. Blank lines are no records.
public struct DelimitedFile: Sendable {
    /// The file as it is.
    private let source: FileBytes
    /// The file as UTF-8.
    private let file: FileBytes
    private let transcoded: TranscodedText?
    private let separator: UInt8
    private let firstRow: Int
    private let firstRowLine: Int
    /// The names of the columns; those without one are called after their place, and those that another has before
    /// them are numbered.
    public let header: [String]
    /// The places in the header, from 0, that have no name in the file.
    private let namelessPlaces: Set<Int>
    /// What is worth knowing about the header, as sentences.
    public let notes: [String]

    /// Reads the header of a file.
    ///
    /// - Throws: ``TabularError`` when the file cannot be read, is empty, or has no usable header.
    public init(_ bytes: FileBytes, _ format: DelimitedFormat = DelimitedFormat()) throws(TabularError) {
        let text = try Self.text(of: bytes, format)
        let head = try Head.find(text.file, from: text.start, format)
        (source, file, transcoded) = (bytes, text.file, text.transcoded)
        separator = head.separator
        firstRow = head.record.range.upperBound
        firstRowLine = head.line + head.record.lineCount
        (header, namelessPlaces, notes) = Self.names(head.record.cells)
    }

    /// The file as UTF-8, where its text starts in it, and what was written anew for that.
    private static func text(
        of bytes: FileBytes, _ format: DelimitedFormat
    ) throws(TabularError) -> (file: FileBytes, start: Int, transcoded: TranscodedText?) {
        let beginning = try bytes.read(from: 0, limit: 4)
        let mark = TextEncoding.mark(beginning.span)
        let encoding = mark?.encoding ?? format.encoding ?? .utf8
        let start = mark?.length ?? 0
        if encoding == .utf8 { return (bytes, start, nil) }
        let text = try TranscodedText(bytes.read(from: 0, limit: bytes.count), from: start, encoding)
        return (FileBytes(Buffer(text.bytes)), 0, text)
    }

    /// Reads all rows, in parts of about so many bytes where it is said; records may be `longest` bytes long.
    ///
    /// - Throws: ``TabularError`` when the text is no UTF-8, a quote does not close, a record is too long, or the file
    ///   changes meanwhile.
    public func cells(
        partSize: Int? = nil, longest: Int = DelimitedFile.longestRecord
    ) throws(TabularError) -> CellTable {
        let scan = FileScan(
            file, start: firstRow, line: firstRowLine, separator: separator, width: header.count, partSize: partSize,
            longest: longest)
        let table = CellTable(header: header, try scan.scan())
        try source.checkUnchanged()
        let empty = namelessPlaces.filter { table.columns[$0].isEmpty }
        return empty.isEmpty ? table : table.without(empty)
    }

    /// How many bytes a record may have: places in a part of a file are numbers of 32 bits.
    public static let longestRecord = 4_000_000_000

    /// The byte of the file that is at `byte` of its text in UTF-8.
    public func sourceByte(of byte: Int) -> Int {
        transcoded?.sourceByte(of: byte) ?? byte
    }

    /// Names of columns, each different and none empty.
    private static func names(_ cells: [String]) -> (names: [String], nameless: Set<Int>, notes: [String]) {
        var (names, notes): ([String], [String]) = ([], [])
        var nameless: Set<Int> = []
        var taken = Set(cells)
        var seen: Set<String> = []
        var lastNumbers: [String: Int] = [:]
        for (place, cell) in cells.enumerated() {
            if cell.isEmpty { nameless.insert(place) }
            if !cell.isEmpty, seen.insert(cell).inserted {
                names.append(cell)
                continue
            }
            let stem = cell.isEmpty ? "column" : cell
            var number = cell.isEmpty ? place + 1 : (lastNumbers[stem] ?? 1) + 1
            while !taken.insert("\(stem)_\(number)").inserted { number += 1 }
            lastNumbers[stem] = number
            names.append("\(stem)_\(number)")
            notes.append(
                cell.isEmpty
                    ? "Column \(place + 1) of the header has no name: it is left out if it is blank, and otherwise called "
                        + "`\(names[place])`."
                    : "The header has `\(cell)` more than once; column \(place + 1) is called `\(names[place])`.")
        }
        let more = notes.count - noteLimit
        if more > 1 { notes = notes.prefix(noteLimit) + ["\(more) more columns of the header were named like these."] }
        return (names, nameless, notes)
    }

    private static let noteLimit = 20
}

/// The beginning of a file up to the end of its header.
private struct Head {
    let separator: UInt8
    let record: Record
    /// The line where the header begins.
    let line: Int

    static func find(_ file: FileBytes, from start: Int, _ format: DelimitedFormat) throws(TabularError) -> Head {
        var size = 1 << 16
        while true {
            let head = try file.read(from: 0, limit: size)
            let isAll = head.count == file.count
            guard isAll || head[start...].contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
            else {
                try grow(&size)
                continue
            }
            let guess = FormatGuess(head.span, from: start, isAll: isAll, format)
            var at = guess.headerStart
            while at < head.count, head[at] == UInt8(ascii: "\n") || head[at] == UInt8(ascii: "\r") { at += 1 }
            var line = 1
            for index in 0..<at where Record.endsLine(head.span, index) { line += 1 }
            guard let record = try record(head.span, at, guess.separator, line: line, isAll: isAll) else {
                try grow(&size)
                continue
            }
            try check(record, head[record.range], line: line)
            return Head(separator: guess.separator, record: record, line: line)
        }
    }

    /// The record at `at`; nil when more bytes must tell.
    private static func record(
        _ head: Span<UInt8>, _ at: Int, _ separator: UInt8, line: Int, isAll: Bool
    ) throws(TabularError) -> Record? {
        guard at < head.count || !isAll else {
            throw TabularError(
                .empty, "The file is empty: a CSV begins with a line of column names.", line: 1, byte: 0)
        }
        do throws(Record.OpenQuote) {
            let record = try Record(head, at: at, separator: separator)
            return isAll || record.range.upperBound < head.count ? record : nil
        } catch {
            guard isAll else { return nil }
            throw TabularError.openQuote(line: line + error.linesBefore, byte: error.byte)
        }
    }

    /// How many bytes the lines down to the header may have, and the name of a column.
    private static let longest = 1 << 28
    private static let longestName = 1 << 16

    private static func grow(_ size: inout Int) throws(TabularError) {
        guard size < longest else {
            throw TabularError(
                .tooLarge,
                "The header is longer than \(longest >> 20) MB: its line does not end, or a quote in it does not close.",
                line: 1, byte: 0)
        }
        size *= 4
    }

    private static func check(
        _ record: Record, _ header: ArraySlice<UInt8>, line: Int
    ) throws(TabularError) {
        if let place = record.cells.firstIndex(where: { $0.utf8.count > longestName }) {
            throw TabularError(
                .badHeader,
                "The name of column \(place + 1) is longer than \(longestName >> 10) KB: is this line the header?",
                line: line, byte: header.startIndex)
        }
        if header.contains(0) {
            throw TabularError(
                .badHeader,
                "The header holds NUL bytes, which no text has; where the file is UTF-16, say `encoding: utf-16le`.",
                line: line, byte: header.startIndex)
        }
        do {
            _ = try UTF8Span(validating: Array(header).span)
        } catch {
            throw TabularError.notUTF8(line: line, byte: header.startIndex + error.byteOffsets.lowerBound)
        }
    }
}
