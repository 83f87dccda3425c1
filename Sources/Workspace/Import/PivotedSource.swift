import Columnar
import TabularIO

/// Long answers made wide: the rows of the file that share their `rows` columns become one row with a cell for each
/// item.
struct PivotedSource: RowSource {
    let header: [String]
    /// Rows of the file that say something about an item that was answered before, name no item, or have too few or
    /// too many cells.
    private(set) var rejects: [Reject] = []
    private var wideRows: [WideRow] = []

    private struct WideRow {
        var cells: [String]
        /// Where the first of its long rows stands.
        var number: Int
        var line: Int
        var byte: Int
    }

    /// Reads all of a long source.
    init(_ source: some RowSource, _ pivot: CodebookSource.Pivot, file: String) throws {
        func place(of name: String) throws(WorkspaceError) -> Int {
            guard let index = source.header.firstIndex(of: name) else {
                throw WorkspaceError(
                    .badInput, "\(file) has no column `\(name)`, which the codebook's `pivot` needs.", file: file,
                    line: 1)
            }
            return index
        }
        let keyPlaces = try pivot.rows.map(place)
        let (itemPlace, valuePlace) = (try place(of: pivot.item), try place(of: pivot.value))
        var collector = Collector()
        let width = source.header.count
        try source.forEachRow { row in
            guard row.count == width else {
                let reason = "the row has \(row.count) cells, the header has \(width)"
                collector.rejects.append(Reject(row: row.number, line: row.line, byte: row.byte, reason: reason))
                return
            }
            let keys = keyPlaces.map { String(copying: row[$0]) }
            collector.add(
                keys: keys, item: String(copying: row[itemPlace]), value: String(copying: row[valuePlace]),
                number: row.number, line: row.line, byte: row.byte, itemColumn: pivot.item)
        }
        header = pivot.rows + collector.items.labels
        rejects = collector.rejects
        wideRows = collector.rows.map { row in
            let answers = (0..<collector.items.labels.count).map { row.answers[Int32($0)] ?? "" }
            return WideRow(cells: row.keys + answers, number: row.number, line: row.line, byte: row.byte)
        }
    }

    func forEachRow(_ visit: (borrowing SourceRow) throws -> Void) throws {
        for row in wideRows {
            var bytes: [UInt8] = []
            var ranges: [Range<Int>] = []
            for cell in row.cells {
                let start = bytes.count
                bytes.append(contentsOf: cell.utf8)
                ranges.append(start..<bytes.count)
            }
            try visit(SourceRow(bytes: bytes.span, cells: ranges, number: row.number, line: row.line, byte: row.byte))
        }
    }

    private struct Collector {
        struct Row {
            var keys: [String]
            var answers: [Int32: String] = [:]
            var number: Int
            var line: Int
            var byte: Int
        }

        var items = LabelInterner()
        var rows: [Row] = []
        var places: [[String]: Int] = [:]
        var rejects: [Reject] = []

        mutating func add(
            keys: [String], item: String, value: String, number: Int, line: Int, byte: Int, itemColumn: String
        ) {
            guard !item.isEmpty else {
                rejects.append(
                    Reject(row: number, line: line, byte: byte, column: itemColumn, reason: "the row names no item"))
                return
            }
            let place: Int
            if let known = places[keys] {
                place = known
            } else {
                place = rows.count
                places[keys] = place
                rows.append(Row(keys: keys, number: number, line: line, byte: byte))
            }
            let code = items.code(of: item)
            guard rows[place].answers[code] == nil else {
                rejects.append(
                    Reject(
                        row: number, line: line, byte: byte, column: itemColumn,
                        reason: "`\(item)` was answered before on the same sheet"))
                return
            }
            rows[place].answers[code] = value
        }
    }
}
