/// What a script may do with a column.
enum ColumnKind: Equatable {
    case number
    /// Yes or no: what comparisons give, and columns of true and false.
    case truth
    /// Days since 1970-01-01.
    case date
    /// Days since 1970-01-01 00:00 UTC, with fractions.
    case time
    /// Texts, compared with `is`.
    case label
    /// Nothing but missing values: nobody knows what it would hold, so every verb takes it.
    case empty

    /// As messages call it.
    var name: String {
        switch self {
        case .number: "numbers"
        case .truth: "true and false"
        case .date: "dates"
        case .time: "times"
        case .label: "text"
        case .empty: "nothing"
        }
    }
}

/// The different texts of label columns, shared between a column and its parts.
final class Labels {
    let texts: [String]
    private(set) lazy var numbers = Dictionary(
        uniqueKeysWithValues: texts.enumerated().map { ($0.element, Int32($0.offset)) })

    init(_ texts: [String]) {
        self.texts = texts
    }
}

/// Rows of one column as the engine computes with them. Missing is NaN, or -1 for labels; `why` says the kind where
/// it is not `skipped` for all of them.
struct ColumnData {
    enum Values {
        case numbers(ArraySlice<Double>)
        case labels(ArraySlice<Int32>, Labels)
    }

    var kind: ColumnKind
    var values: Values
    /// Raw values of ``MissingKind``, 0 where there is a value; nil when every missing value is `skipped`.
    var why: ArraySlice<UInt8>?

    init(kind: ColumnKind, numbers: ArraySlice<Double>, why: ArraySlice<UInt8>? = nil) {
        self.kind = kind
        values = .numbers(numbers)
        self.why = why
    }

    init(kind: ColumnKind, numbers: [Double], why: ArraySlice<UInt8>? = nil) {
        self.init(kind: kind, numbers: numbers[...], why: why)
    }

    init(labels codes: [Int32], _ labels: Labels, why: ArraySlice<UInt8>? = nil) {
        kind = .label
        values = .labels(codes[...], labels)
        self.why = why
    }

    var count: Int {
        switch values {
        case .numbers(let numbers): numbers.count
        case .labels(let codes, _): codes.count
        }
    }

    /// Bytes it holds when they are its own.
    var byteCount: Int {
        let width = if case .numbers = values { 8 } else { 4 }
        return count * (width + (why == nil ? 0 : 1))
    }

    func isMissing(_ row: Int) -> Bool {
        switch values {
        case .numbers(let numbers): numbers[numbers.startIndex + row].isNaN
        case .labels(let codes, _): codes[codes.startIndex + row] < 0
        }
    }

    /// Why the row is missing; nil when it is not.
    func missingKind(_ row: Int) -> MissingKind? {
        guard isMissing(row) else { return nil }
        guard let why else { return .skipped }
        return MissingKind(rawValue: why[why.startIndex + row]) ?? .skipped
    }

    var validCount: Int {
        switch values {
        case .numbers(let numbers): numbers.reduce(0) { $0 + ($1.isNaN ? 0 : 1) }
        case .labels(let codes, _): codes.reduce(0) { $0 + ($1 < 0 ? 0 : 1) }
        }
    }

    /// The rows of a range, in place.
    func slice(_ rows: Range<Int>) -> ColumnData {
        var part = self
        switch values {
        case .numbers(let numbers):
            part.values = .numbers(numbers[numbers.startIndex + rows.lowerBound..<numbers.startIndex + rows.upperBound])
        case .labels(let codes, let labels):
            part.values = .labels(
                codes[codes.startIndex + rows.lowerBound..<codes.startIndex + rows.upperBound], labels)
        }
        part.why = why.map { $0[$0.startIndex + rows.lowerBound..<$0.startIndex + rows.upperBound] }
        return part
    }

    /// A copy of some rows in the order given.
    func gathered(_ rows: [Int32]) -> ColumnData {
        var part = self
        switch values {
        case .numbers(let numbers):
            let start = numbers.startIndex
            part.values = .numbers(rows.map { numbers[start + Int($0)] }[...])
        case .labels(let codes, let labels):
            let start = codes.startIndex
            part.values = .labels(rows.map { codes[start + Int($0)] }[...], labels)
        }
        part.why = why.map { why in rows.map { why[why.startIndex + Int($0)] }[...] }
        return part
    }

    /// Numbers, with NaN for missing; empty for labels.
    var numbers: ArraySlice<Double> {
        if case .numbers(let numbers) = values { numbers } else { [] }
    }
}
