import CivilCalendar

/// Columns in the two forms the engine computes with: doubles with NaN for missing, and codes with -1 for missing.
extension Column {
    /// Whether ``appendDoubles(to:)`` makes sense of the values: numbers, truths (1 and 0), dates and times (in days
    /// since 1970-01-01).
    public var isNumeric: Bool {
        switch type {
        case .text, .largeText, .dictionary: false
        default: true
        }
    }

    /// Adds the values as doubles, NaN where missing. A column that is not numeric adds NaN only.
    public func appendDoubles(to target: inout [Double]) {
        let start = target.count
        target.reserveCapacity(start + count)
        switch values {
        case .integers(let values): values.appendDoubles(to: &target)
        case .float32(let values): append(values) { Double($0) }
        case .float64(let values): append(values) { $0 }
        case .date(let values): append(values) { Double($0) }
        case .dateMilliseconds(let values):
            append(values) { Double($0) / Double(TimeUnit.milliseconds.perDay) }
        case .timestamp(let values, let unit, _):
            let perDay = Double(unit.perDay)
            append(values) { Double($0) / perDay }
        case .bool(let values):
            for row in 0..<values.count { target.append(values[row] ? 1 : 0) }
        case .null, .text, .dictionary:
            target.append(contentsOf: repeatElement(Double.nan, count: count))
        }
        func append<Element>(_ values: Buffer<Element>, _ convert: (Element) -> Double) {
            let span = values.span
            for row in span.indices { target.append(convert(span[row])) }
        }
        guard let validity else { return }
        for row in 0..<count where !validity[row] { target[start + row] = .nan }
    }

    /// The labels of a dictionary, or the different texts of a text column in the order of their first rows, and a
    /// code for each row, -1 where missing. Nil for other columns.
    public func codes() -> (labels: [String], codes: [Int32])? {
        switch values {
        case .dictionary(let codes, let labels):
            return ((0..<labels.count).map { labels[$0] }, codes.codes(validity))
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
        case .null: return nil
        case .integers(let values): return values.text(row)
        case .float32(let values): return "\(values[row])"
        case .float64(let values): return "\(values[row])"
        case .bool(let values): return values[row] ? "true" : "false"
        case .date(let values): return CivilDate(day: values[row]).description
        case .dateMilliseconds(let values):
            return CivilDate(day: Int32(clamping: values[row].flooredDivision(by: TimeUnit.milliseconds.perDay)))
                .description
        case .timestamp(let values, let unit, _): return unit.text(values[row])
        case .text(let texts): return texts[row]
        case .dictionary(let codes, let labels): return labels[codes.code(row)]
        }
    }
}

extension TimeUnit {
    /// A moment as `2026-11-04T06:00:00Z`, with as many decimals as it needs.
    func text(_ moment: Int64) -> String {
        let day = moment.flooredDivision(by: perDay)
        let rest = moment % perDay
        let inDay = rest < 0 ? rest + perDay : rest
        let perMicrosecond = perDay / TimeUnit.microseconds.perDay
        let microseconds = perMicrosecond > 0 ? inDay / perMicrosecond : inDay * (TimeUnit.microseconds.perDay / perDay)
        let text = CivilTime(
            date: CivilDate(day: Int32(clamping: day)), microsecondOfDay: microseconds, offsetSeconds: 0
        ).description
        let nanoseconds = perMicrosecond > 0 ? inDay % perMicrosecond : 0
        guard nanoseconds > 0 else { return text }
        // What lies beyond microseconds stands behind six decimals.
        let whole = text.dropLast()
        let decimals = whole.split(separator: ".").dropFirst().first.map(String.init) ?? ""
        let digits = String(repeating: "0", count: 3 - String(nanoseconds).count) + String(nanoseconds)
        var fraction = decimals + String(repeating: "0", count: 6 - decimals.count) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return whole.split(separator: ".")[0] + "." + fraction + "Z"
    }
}

extension Int64 {
    /// The quotient rounded down, also below 0.
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
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
