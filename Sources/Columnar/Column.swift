/// What the values of a column are.
public enum ColumnType: Hashable, Sendable {
    /// Nothing but missing values.
    case null
    case integer(IntegerKind)
    case float32, float64
    case bool
    /// Days since 1970-01-01.
    case date
    /// Milliseconds since 1970-01-01, whole days of them.
    case dateMilliseconds
    /// Time since 1970-01-01 00:00 UTC; the zone is for display.
    case timestamp(TimeUnit, zone: String?)
    /// Texts one by one.
    case text
    /// Texts one by one, with offsets of 64 bits.
    case largeText
    /// Texts by number: few different ones.
    case dictionary

    /// A name that stays the same for ever: it is part of the content's hash.
    public var name: String {
        switch self {
        case .null: "null"
        case .integer(let kind): kind.rawValue
        case .float32: "float32"
        case .float64: "float64"
        case .bool: "bool"
        case .date: "date"
        case .dateMilliseconds: "date_ms"
        case .timestamp(let unit, let zone): "timestamp_\(unit.rawValue)" + (zone.map { " \($0)" } ?? "")
        case .text: "text"
        case .largeText: "large_text"
        case .dictionary: "dictionary"
        }
    }
}

/// The unit of a time.
public enum TimeUnit: String, Hashable, Sendable, CaseIterable {
    case seconds = "s"
    case milliseconds = "ms"
    case microseconds = "us"
    case nanoseconds = "ns"

    /// How many of them a day has.
    public var perDay: Int64 {
        switch self {
        case .seconds: 86_400
        case .milliseconds: 86_400_000
        case .microseconds: 86_400_000_000
        case .nanoseconds: 86_400_000_000_000
        }
    }
}

/// The values of one column. Rows that are missing hold any value.
public enum ColumnValues: Sendable {
    /// So many missing values.
    case null(count: Int)
    case integers(IntegerBuffer)
    case float32(Buffer<Float>)
    case float64(Buffer<Double>)
    case bool(Bitmap)
    case date(Buffer<Int32>)
    case dateMilliseconds(Buffer<Int64>)
    case timestamp(Buffer<Int64>, TimeUnit = .microseconds, zone: String?)
    case text(TextBuffer)
    case dictionary(codes: IntegerBuffer, labels: TextBuffer)

    /// Number of rows.
    public var count: Int {
        switch self {
        case .null(let count): count
        case .integers(let values): values.count
        case .float32(let values): values.count
        case .float64(let values): values.count
        case .bool(let values): values.count
        case .date(let values): values.count
        case .dateMilliseconds(let values), .timestamp(let values, _, _): values.count
        case .text(let values): values.count
        case .dictionary(let codes, _): codes.count
        }
    }

    /// What the values are.
    public var type: ColumnType {
        switch self {
        case .null: .null
        case .integers(let values): .integer(values.kind)
        case .float32: .float32
        case .float64: .float64
        case .bool: .bool
        case .date: .date
        case .dateMilliseconds: .dateMilliseconds
        case .timestamp(_, let unit, let zone): .timestamp(unit, zone: zone)
        case .text(let texts): texts.isLarge ? .largeText : .text
        case .dictionary: .dictionary
        }
    }

    /// The buffers behind the values in Arrow's order; a dictionary's labels are not among them.
    var buffers: [any ByteBuffer] {
        switch self {
        case .null: []
        case .integers(let values): [values.erased]
        case .float32(let values): [values]
        case .float64(let values): [values]
        case .bool(let values): [values.bits]
        case .date(let values): [values]
        case .dateMilliseconds(let values), .timestamp(let values, _, _): [values]
        case .text(let texts): [texts.erasedOffsets, texts.bytes]
        case .dictionary(let codes, _): [codes.erased]
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
        if case .null(let count) = values { return count }
        return validity.map { $0.count - $0.setCount } ?? 0
    }

    /// Whether the row has a value.
    public func isValid(_ row: Int) -> Bool {
        if case .null = values { return false }
        return validity.map { $0[row] } ?? true
    }
}
