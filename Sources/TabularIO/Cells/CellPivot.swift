public import Columnar

/// Long answers made wide: rows that share their key cells become one row with a cell for each item.
public struct CellPivot: Equatable, Sendable {
    /// Columns that rows of one answer sheet share.
    public var rows: [String]
    /// The column that names the item.
    public var item: String
    /// The column with the answer.
    public var value: String

    /// A pivot over columns of a file.
    public init(rows: [String], item: String, value: String) {
        self.rows = rows
        self.item = item
        self.value = value
    }

    /// All columns that it needs.
    public var columns: [String] { rows + [item, value] }

    /// The wide table: the key columns, and a column for each item in the order in which items first appear. Rows that
    /// name no item, or one that was answered before on the same sheet, are strays. A wide row stands where the first
    /// of its long rows does. Nil when a column is wanting.
    public func wide(_ table: CellTable) -> CellTable? {
        let places = columns.map { table.header.firstIndex(of: $0) }
        guard places.allSatisfy({ $0 != nil }) else { return nil }
        let labels = places.compactMap(\.self).map { table.columns[$0].labels() }
        let sheets = Sheets(table, keys: labels.dropLast(2), items: labels[rows.count], itemColumn: item)
        let keyColumns = labels.dropLast(2).map { keys in
            CellColumn(sheets.firstRows.map { Int(keys.codes[Int($0)]) }, keys.texts)
        }
        let answers = labels[rows.count + 1]
        let itemColumns = sheets.answers.map { rows in
            CellColumn(rows.map { $0 < 0 ? -1 : Int(answers.codes[Int($0)]) }, answers.texts)
        }
        let items = labels[rows.count].texts
        return CellTable(
            header: rows + sheets.items.map { items[$0] }, columns: keyColumns + itemColumns,
            places: RowPlaces(sheets.firstRows, of: table.places),
            strays: (table.strays + sheets.strays).sorted { $0.place.number < $1.place.number })
    }
}

/// Long rows by the answer sheet they belong to.
private struct Sheets {
    /// The first long row of each sheet.
    private(set) var firstRows: [Int32] = []
    /// The numbers of the items in the order in which they first appear.
    private(set) var items: [Int] = []
    /// For each of these items, for each sheet, the long row with the answer, or -1.
    private(set) var answers: [[Int32]] = []
    private(set) var strays: [StrayRecord] = []

    init(_ table: CellTable, keys: ArraySlice<CellLabels>, items: CellLabels, itemColumn: String) {
        var places = [Int](repeating: -1, count: items.texts.count)
        var sheets = TextInterner()
        for row in 0..<table.rowCount {
            let code = Int(items.codes[row])
            guard code >= 0 else {
                strays.append(StrayRecord(table.places[row], column: itemColumn, "the row names no item"))
                continue
            }
            if places[code] < 0 {
                places[code] = answers.count
                self.items.append(code)
                answers.append([])
            }
            let item = places[code]
            var key: [UInt8] = []
            for column in keys {
                for shift in stride(from: 0, to: 32, by: 8) {
                    key.append(UInt8(truncatingIfNeeded: column.codes[row] >> Int32(shift)))
                }
            }
            let sheet = Int(sheets.code(of: key.span))
            if sheet == firstRows.count { firstRows.append(Int32(row)) }
            while answers[item].count <= sheet { answers[item].append(-1) }
            guard answers[item][sheet] < 0 else {
                let reason = "`\(items.texts[code])` was answered before on the same sheet"
                strays.append(StrayRecord(table.places[row], column: itemColumn, reason))
                continue
            }
            answers[item][sheet] = Int32(row)
        }
        for item in answers.indices {
            answers[item] += Array(repeating: -1, count: firstRows.count - answers[item].count)
        }
    }
}

/// The texts of a column's cells by number.
public struct CellLabels: Sendable {
    /// The number of each row's text; -1 for an empty cell.
    public let codes: [Int32]
    /// The texts.
    public let texts: TextInterner
}

extension CellColumn {
    /// The different texts of the cells, and which one each row has.
    func labels() -> CellLabels {
        ColumnReader.labels([ColumnFeed(cells: self)], rowCount: count)
    }

    /// Cells from the numbers of their texts; -1 for an empty one.
    init(_ codes: [Int], _ texts: TextInterner) {
        var (short, long, text): ([UInt8], [CellPlace], [UInt8]) = ([], [], [])
        for code in codes {
            guard code >= 0 else {
                short.append(0)
                continue
            }
            texts.withText(code) { cell in
                guard cell.count > 1 || !CellPart.isShort(cell[0]) else { return short.append(cell[0]) }
                short.append(CellPart.longMark)
                long.append(CellPlace(start: UInt32(text.count), length: UInt32(cell.count)))
                text.append(copying: cell)
            }
        }
        self.init(parts: [CellPart(short: short, long: long, text: Buffer(text))])
    }
}
