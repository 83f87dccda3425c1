/// Columns of one length.
public struct Table: Sendable {
    /// The columns in order.
    public let columns: [Column]
    /// Number of rows.
    public let rowCount: Int
    /// Free notes that travel with the table, by key.
    public var notes: [String: String]

    /// A table.
    ///
    /// - Throws: ``ColumnarError`` with `.invalidTable` when lengths differ or a name comes twice.
    public init(columns: [Column], rowCount: Int? = nil, notes: [String: String] = [:]) throws(ColumnarError) {
        let rows = rowCount ?? columns.first?.count ?? 0
        var names: Set<String> = []
        for column in columns {
            guard names.insert(column.name).inserted else {
                throw ColumnarError(.invalidTable, "The column `\(column.name)` comes twice.")
            }
            guard column.count == rows, column.validity.map({ $0.count == rows }) ?? true else {
                throw ColumnarError(
                    .invalidTable, "The column `\(column.name)` has \(column.count) rows, the table has \(rows).")
            }
        }
        self.columns = columns
        self.rowCount = rows
        self.notes = notes
    }

    /// The column of a name, nil where there is none.
    public subscript(_ name: String) -> Column? {
        columns.first { $0.name == name }
    }
}
