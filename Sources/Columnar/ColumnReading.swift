import CivilCalendar

/// Columns in the two forms the engine computes with: doubles with NaN for missing, and codes with -1 for missing.
extension Column {
    /// Whether ``appendDoubles(to:)`` makes sense of the values: numbers, truths (1 and 0), dates and times (in days
    /// since 1970-01-01).
    public var isNumeric: Bool {
        switch type {
        case .text, .dictionary: false
        default: true
        }
    }

    /// Adds the values as doubles, NaN where missing. A column that is not numeric adds NaN only.
    public func appendDoubles(to target: inout [Double]) {
        let start = target.count
        target.reserveCapacity(start + count)
        switch values {
        case .int8(let values): append(values, to: &target)
        case .int16(let values): append(values, to: &target)
        case .int32(let values), .date(let values): append(values, to: &target)
        case .int64(let values): append(values, to: &target)
        case .float64(let values):
            let span = values.span
            for row in span.indices { target.append(span[row]) }
        case .timestamp(let values, _):
            let span = values.span
            for row in span.indices { target.append(Double(span[row]) / 86_400_000_000) }
        case .bool(let values):
            for row in 0..<values.count { target.append(values[row] ? 1 : 0) }
        case .text, .dictionary:
            target.append(contentsOf: repeatElement(Double.nan, count: count))
        }
        guard let validity else { return }
        for row in 0..<count where !validity[row] { target[start + row] = .nan }
    }

    private func append(_ values: Buffer<some FixedWidthInteger>, to target: inout [Double]) {
        let span = values.span
        for row in span.indices { target.append(Double(span[row])) }
    }

    /// The labels of a dictionary, or the different texts of a text column in the order of their first rows, and a
    /// code for each row, -1 where missing. Nil for other columns.
    public func codes() -> (labels: [String], codes: [Int32])? {
        switch values {
        case .dictionary(let codes, let labels):
            var result = [Int32](repeating: -1, count: count)
            for row in 0..<count where isValid(row) { result[row] = Int32(codes[row]) }
            return ((0..<labels.count).map { labels[$0] }, result)
        case .text(let texts):
            var interner = LabelInterner()
            let result = (0..<count).map { isValid($0) ? interner.code(of: texts[$0]) : -1 }
            return (interner.labels, result)
        default: return nil
        }
    }

    /// The value of a row as text, as a CSV would show it: ISO dates, shortest numbers; nil where missing.
    public func text(_ row: Int) -> String? {
        guard isValid(row) else { return nil }
        switch values {
        case .int8(let values): return String(values[row])
        case .int16(let values): return String(values[row])
        case .int32(let values): return String(values[row])
        case .int64(let values): return String(values[row])
        case .float64(let values): return "\(values[row])"
        case .bool(let values): return values[row] ? "true" : "false"
        case .date(let values): return CivilDate(day: values[row]).description
        case .timestamp(let values, _): return "\(CivilTime(utcMicroseconds: values[row]))"
        case .text(let texts): return texts[row]
        case .dictionary(let codes, let labels): return labels[codes[row]]
        }
    }
}

/// Gives texts numbers in the order in which they first appear.
public struct LabelInterner: Sendable {
    /// The texts by number.
    public private(set) var labels: [String] = []
    private var numbers: [String: Int32] = [:]

    /// No texts yet.
    public init() {}

    /// The number of a text, a new one if it is new.
    public mutating func code(of label: String) -> Int32 {
        if let known = numbers[label] { return known }
        let code = Int32(labels.count)
        numbers[label] = code
        labels.append(label)
        return code
    }

    /// The number of a text that was seen.
    public func knownCode(of label: String) -> Int32? {
        numbers[label]
    }
}
