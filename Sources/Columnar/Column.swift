/// What the values of a column are.
public enum ColumnType: Hashable, Sendable {
    case int8, int16, int32, int64
    case float64
    case bool
    /// Days since 1970-01-01.
    case date
    /// Microseconds since 1970-01-01 00:00 UTC; the zone is for display.
    case timestamp(zone: String?)
    /// Texts one by one.
    case text
    /// Texts by number: few different ones.
    case dictionary
}

/// The values of one column. Rows that are missing hold any value.
public enum ColumnValues: Sendable {
    case int8(Buffer<Int8>)
    case int16(Buffer<Int16>)
    case int32(Buffer<Int32>)
    case int64(Buffer<Int64>)
    case float64(Buffer<Double>)
    case bool(Bitmap)
    case date(Buffer<Int32>)
    case timestamp(Buffer<Int64>, zone: String?)
    case text(TextBuffer)
    case dictionary(codes: DictionaryCodes, labels: TextBuffer)

    /// Number of rows.
    public var count: Int {
        switch self {
        case .int8(let values): values.count
        case .int16(let values): values.count
        case .int32(let values), .date(let values): values.count
        case .int64(let values), .timestamp(let values, _): values.count
        case .float64(let values): values.count
        case .bool(let values): values.count
        case .text(let values): values.count
        case .dictionary(let codes, _): codes.count
        }
    }

    /// What the values are.
    public var type: ColumnType {
        switch self {
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .float64: .float64
        case .bool: .bool
        case .date: .date
        case .timestamp(_, let zone): .timestamp(zone: zone)
        case .text: .text
        case .dictionary: .dictionary
        }
    }
}

/// For each row the number of its label, in as few bytes as the labels need.
public enum DictionaryCodes: Sendable {
    case int8(Buffer<Int8>)
    case int16(Buffer<Int16>)
    case int32(Buffer<Int32>)

    /// Codes in the smallest integers that hold `labelCount` labels.
    public init(_ codes: [Int32], labelCount: Int) {
        if labelCount <= Int(Int8.max) {
            self = .int8(Buffer(codes.map { Int8($0) }))
        } else if labelCount <= Int(Int16.max) {
            self = .int16(Buffer(codes.map { Int16($0) }))
        } else {
            self = .int32(Buffer(codes))
        }
    }

    /// Number of rows.
    public var count: Int {
        switch self {
        case .int8(let codes): codes.count
        case .int16(let codes): codes.count
        case .int32(let codes): codes.count
        }
    }

    /// The code of a row.
    public subscript(_ row: Int) -> Int {
        switch self {
        case .int8(let codes): Int(codes[row])
        case .int16(let codes): Int(codes[row])
        case .int32(let codes): Int(codes[row])
        }
    }
}

/// A named column: values, and which rows have one.
public struct Column: Sendable {
    /// Its name in the table.
    public var name: String
    /// The values.
    public var values: ColumnValues
    /// Set where a row has a value; nil when all have.
    public var validity: Bitmap?

    /// A column.
    public init(name: String, values: ColumnValues, validity: Bitmap? = nil) {
        self.name = name
        self.values = values
        self.validity = validity
    }

    /// Number of rows.
    public var count: Int { values.count }

    /// What its values are.
    public var type: ColumnType { values.type }

    /// Number of rows without a value.
    public var missingCount: Int {
        validity.map { $0.count - $0.setCount } ?? 0
    }

    /// Whether the row has a value.
    public func isValid(_ row: Int) -> Bool {
        validity.map { $0[row] } ?? true
    }
}

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
