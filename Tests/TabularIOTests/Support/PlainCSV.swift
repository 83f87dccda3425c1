import TabularIO

/// A reader of delimited text that is as simple as can be, to hold the real one against.
struct PlainCSV: Equatable {
    /// A row, or a record that is none, with its place.
    struct Record: Equatable {
        var cells: [[UInt8]]
        var number: Int
        var line: Int
        var byte: Int
    }

    private(set) var records: [Record] = []
    /// Where a quote opens that does not close: line and byte.
    private(set) var openQuote: (line: Int, byte: Int)?

    static func == (left: PlainCSV, right: PlainCSV) -> Bool {
        left.records == right.records && left.openQuote?.byte == right.openQuote?.byte
    }

    /// Reads the records of a text of which `line` is the first line. Blank lines are no records.
    init(_ bytes: ArraySlice<UInt8>, line: Int, separator: UInt8) {
        var at = bytes.startIndex
        var line = line
        while at < bytes.endIndex {
            if Self.takeLineEnd(bytes, &at) {
                line += 1
                continue
            }
            var record = Record(cells: [], number: records.count + 1, line: line, byte: at)
            repeat {
                if !record.cells.isEmpty { at += 1 }
                guard let cell = takeCell(bytes, &at, &line, separator) else { return }
                record.cells.append(cell)
            } while at < bytes.endIndex && bytes[at] == separator
            if Self.takeLineEnd(bytes, &at) { line += 1 }
            records.append(record)
        }
    }

    private static func takeLineEnd(_ bytes: ArraySlice<UInt8>, _ at: inout Int) -> Bool {
        let rest = bytes[at...].prefix(2)
        let length = rest == [13, 10] ? 2 : rest.first == 10 || rest.first == 13 ? 1 : 0
        at += length
        return length > 0
    }

    private mutating func takeCell(
        _ bytes: ArraySlice<UInt8>, _ at: inout Int, _ line: inout Int, _ separator: UInt8
    ) -> [UInt8]? {
        var cell: [UInt8] = []
        if at < bytes.endIndex, bytes[at] == 34 {
            openQuote = (line, at)
            at += 1
            while true {
                guard at < bytes.endIndex else { return nil }
                let start = at
                if bytes[at...].starts(with: [34, 34]) {
                    cell.append(34)
                    at += 2
                } else if bytes[at] == 34 {
                    at += 1
                    break
                } else if Self.takeLineEnd(bytes, &at) {
                    line += 1
                    cell += bytes[start..<at]
                } else {
                    cell.append(bytes[at])
                    at += 1
                }
            }
            openQuote = nil
        }
        while at < bytes.endIndex, ![separator, 10, 13].contains(bytes[at]) {
            cell.append(bytes[at])
            at += 1
        }
        return cell
    }
}

/// What reading gave, in a form that can be compared: all that a table tells, or the error.
struct Reading: Equatable, CustomStringConvertible {
    var rows: [PlainCSV.Record] = []
    var strays: [StrayRecord] = []
    var error: TabularError?

    /// What `cells(partSize:)` gives.
    init(_ file: DelimitedFile, partSize: Int?) {
        do {
            let table = try file.cells(partSize: partSize)
            var cells = [[[UInt8]]](repeating: [], count: table.rowCount)
            for column in table.columns {
                column.forEach { row, cell in cells[row].append(cell.indices.map { cell[$0] }) }
            }
            rows = cells.enumerated().map { row, cells in
                let place = table.places[row]
                return .init(cells: cells, number: place.number, line: place.line, byte: place.byte)
            }
            strays = table.strays
        } catch {
            self.error = error
        }
    }

    /// Whether the plain reader gives the same, where the header has so many names.
    func agrees(with plain: PlainCSV, width: Int) -> Bool {
        if let open = plain.openQuote {
            return error?.code == .unterminatedQuote && error?.line == open.line && error?.byte == open.byte
        }
        let (kept, others) = (
            plain.records.filter { $0.cells.count == width && !$0.cells.joined().contains(0) },
            plain.records.filter { $0.cells.count != width || $0.cells.joined().contains(0) }
        )
        return error == nil && rows == kept && strays.map(\.place.number) == others.map(\.number)
            && strays.map(\.place.line) == others.map(\.line) && strays.map(\.place.byte) == others.map(\.byte)
            && zip(strays, others).allSatisfy { stray, other in
                stray.reason
                    == (other.cells.count == width
                        ? "the row holds a NUL byte, which no text has"
                        : "the row has \(other.cells.count) cells, the header has \(width)")
            }
    }

    var description: String {
        if let error { return "\(error)" }
        return
            "\(rows.map { ($0.cells.map { String(decoding: $0, as: UTF8.self) }, $0.number, $0.line, $0.byte) }) \(strays)"
    }
}
