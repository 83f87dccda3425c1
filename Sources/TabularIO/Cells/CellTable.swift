/// A file of named columns of cells, before anyone knows what they mean.
public struct CellTable: Sendable {
    /// The names of the columns.
    public let header: [String]
    /// The cells, one column for each name, all of one length.
    public let columns: [CellColumn]
    /// Where the rows stand in the file.
    public let places: RowPlaces
    /// Records that are no rows.
    public let strays: [StrayRecord]

    /// Number of rows.
    public var rowCount: Int { places.count }
    /// Number of records after the header: rows and strays.
    public var recordCount: Int { places.count + strays.count }

    /// The table without the columns at these places.
    func without(_ dropped: Set<Int>) -> CellTable {
        let kept = header.indices.filter { !dropped.contains($0) }
        return CellTable(
            header: kept.map { header[$0] }, columns: kept.map { columns[$0] }, places: places, strays: strays)
    }
}

/// Where a record stands in its file.
public struct RecordPlace: Hashable, Sendable {
    /// The record's number, the first after the header being 1.
    public var number: Int
    /// The line where it begins, from 1.
    public var line: Int
    /// The byte where it begins, from 0.
    public var byte: Int
}

/// A record that is no row.
public struct StrayRecord: Hashable, Sendable {
    /// Where it stands.
    public var place: RecordPlace
    /// The column that shows it; nil when the record as a whole is wrong.
    public var column: String?
    /// What is wrong with it.
    public var reason: String

    init(_ place: RecordPlace, column: String? = nil, _ reason: String) {
        self.place = place
        self.column = column
        self.reason = reason
    }
}

/// Where the rows of a file stand in it.
public struct RowPlaces: Sendable {
    /// Rows of one chunk: bytes and lines from the chunk's own.
    struct Part: Sendable {
        var number: Int
        var line: Int
        var byte: Int
        var numbers: [UInt32]
        var lines: [UInt32]
        var bytes: [UInt32]
    }

    private let parts: [Part]
    private let firstRows: [Int]
    /// The rows that are meant, where not all are.
    private let picked: [Int32]?
    /// Number of rows.
    public let count: Int

    /// The places of some of the rows.
    init(_ rows: [Int32], of all: RowPlaces) {
        (parts, firstRows) = (all.parts, all.firstRows)
        picked = rows.map { all.picked?[Int($0)] ?? $0 }
        count = rows.count
    }

    init(_ parts: [Part]) {
        self.parts = parts
        picked = nil
        var rows = 0
        firstRows = parts.map { part in
            defer { rows += part.bytes.count }
            return rows
        }
        count = rows
    }

    /// Where a row stands.
    public subscript(_ row: Int) -> RecordPlace {
        let row = picked.map { Int($0[row]) } ?? row
        var (low, high) = (0, parts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstRows[middle] <= row { low = middle } else { high = middle }
        }
        let (part, index) = (parts[low], row - firstRows[low])
        return RecordPlace(
            number: part.number + Int(part.numbers[index]), line: part.line + Int(part.lines[index]),
            byte: part.byte + Int(part.bytes[index]))
    }
}
