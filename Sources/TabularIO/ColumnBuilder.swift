public import CivilCalendar
public import Columnar

/// Why a cell is no value of its column.
public struct CellProblem: Error, Equatable, Sendable {
    /// The reason, as the reject file shows it.
    public var reason: String

    /// A problem.
    public init(_ reason: String) {
        self.reason = reason
    }
}

/// Collects the cells of a column of one type.
public struct ColumnBuilder: Sendable {
    /// Gives the moment of a time without an offset; nil when there was no such time (a clock set forward).
    public typealias InstantResolver = @Sendable (CivilTime) -> Int64?

    /// What the cells are read as.
    public let type: TypeGuess.CellType
    private let zone: String
    private let resolve: InstantResolver
    /// Whole numbers, truths (1 and 0), days and microseconds.
    private var integers: [Int64] = []
    private var numbers: [Double] = []
    private var labels = LabelInterner()
    private var labelCodes: [Int32] = []
    private var validity: [Bool] = []
    private var reasons = LabelInterner()
    private var reasonCodes: [Int32] = []

    /// A builder. `zone` names the zone of time stamps for display; `resolve` finds the moment of naive ones.
    public init(_ type: TypeGuess.CellType, zone: String, resolve: @escaping InstantResolver) {
        self.type = type
        self.zone = zone
        self.resolve = resolve
    }

    /// Number of rows so far.
    public var count: Int { validity.count }

    /// Adds a cell's value.
    ///
    /// - Throws: ``CellProblem`` when the cell cannot be read; nothing is added then.
    public mutating func append(_ cell: Span<UInt8>) throws(CellProblem) {
        switch type {
        case .text: labelCodes.append(labels.code(of: String(copying: cell)))
        case .number: numbers.append(try read(cell, CellParsing.number, "a number"))
        case .integer: integers.append(try read(cell, CellParsing.integer, "a whole number"))
        case .boolean: integers.append(try read(cell, CellParsing.truth, "true or false") ? 1 : 0)
        case .date: integers.append(Int64(try read(cell, CellParsing.date, "a date such as 2026-11-04").day))
        case .timestamp: integers.append(try instant(cell))
        }
        validity.append(true)
        reasonCodes.append(-1)
    }

    /// Adds a day to a column of dates.
    public mutating func append(date: CivilDate) {
        precondition(type == .date)
        integers.append(Int64(date.day))
        validity.append(true)
        reasonCodes.append(-1)
    }

    /// The value of a row as text, as `Column.text(_:)` will show it; nil where missing.
    public func text(_ row: Int) -> String? {
        guard validity[row] else { return nil }
        switch type {
        case .text: return labels.labels[Int(labelCodes[row])]
        case .number: return "\(numbers[row])"
        case .integer: return String(integers[row])
        case .boolean: return integers[row] == 1 ? "true" : "false"
        case .date: return CivilDate(day: Int32(integers[row])).description
        case .timestamp: return CivilTime(utcMicroseconds: integers[row]).description
        }
    }

    /// Takes rows back, so that `rowCount` are left.
    public mutating func truncate(to rowCount: Int) {
        guard count > rowCount else { return }
        switch type {
        case .text: labelCodes.removeLast(count - rowCount)
        case .number: numbers.removeLast(count - rowCount)
        case .integer, .boolean, .date, .timestamp: integers.removeLast(count - rowCount)
        }
        reasonCodes.removeLast(count - rowCount)
        validity.removeLast(count - rowCount)
    }

    /// Adds a missing value, with the reason for it.
    public mutating func appendMissing(_ reason: String) {
        switch type {
        case .text: labelCodes.append(-1)
        case .number: numbers.append(0)
        case .integer, .boolean, .date, .timestamp: integers.append(0)
        }
        validity.append(false)
        reasonCodes.append(reasons.code(of: reason))
    }

    private func read<Value>(
        _ cell: Span<UInt8>, _ parse: (Span<UInt8>) -> Value?, _ wanted: String
    ) throws(CellProblem) -> Value {
        guard let value = parse(cell) else { throw problem(cell, wanted) }
        return value
    }

    private func problem(_ cell: Span<UInt8>, _ wanted: String) -> CellProblem {
        if CellParsing.isNotANumber(cell) {
            return CellProblem("`\(String(copying: cell))` is no value: declare it as a missing code in the codebook")
        }
        return CellProblem("`\(Self.shown(cell))` is not \(wanted)")
    }

    /// The cell, or about its first 40 bytes, up to the end of a letter.
    private static func shown(_ cell: Span<UInt8>) -> String {
        var end = 40
        guard cell.count > end else { return String(copying: cell) }
        while end > 0, cell[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        return String(copying: cell.extracting(0..<end)) + "…"
    }

    private func instant(_ cell: Span<UInt8>) throws(CellProblem) -> Int64 {
        guard
            let time = CellParsing.time(cell)
                ?? CellParsing.date(cell).map({ CivilTime(date: $0, microsecondOfDay: 0) })
        else { throw problem(cell, "a time such as 2026-11-04T06:00") }
        if let offset = time.offsetSeconds { return time.wallMicroseconds - Int64(offset) * 1_000_000 }
        guard let instant = resolve(time) else {
            throw CellProblem("`\(String(copying: cell))` never was: clocks in \(zone) were set forward then")
        }
        return instant
    }

    /// The column, and the companion that says why values are missing, where a reason other than `standardReason`
    /// occurs.
    public func finish(name: String, standardReason: String, companionSuffix: String) -> [Column] {
        let isComplete = validity.allSatisfy(\.self)
        let column = Column(name: name, values: values, validity: isComplete ? nil : Bitmap(validity))
        let used = Set(reasonCodes.filter { $0 >= 0 }).map { reasons.labels[Int($0)] }
        guard used.contains(where: { $0 != standardReason }) else { return [column] }
        let sorted = used.sorted()  // equal contents have equal bytes
        let codes = reasonCodes.map { code in
            code < 0 ? 0 : Int32(sorted.firstIndex(of: reasons.labels[Int(code)]) ?? 0)
        }
        let companion = Column(
            name: name + companionSuffix,
            values: .dictionary(
                codes: IntegerBuffer(codes: codes, labelCount: sorted.count), labels: TextBuffer(sorted)),
            validity: Bitmap(validity.map { !$0 }))
        return [column, companion]
    }

    private var values: ColumnValues {
        switch type {
        case .text: Self.texts(labels.labels, labelCodes)
        case .number: .float64(Buffer(numbers))
        case .integer: Self.narrowed(integers)
        case .boolean: .bool(Bitmap(integers.map { $0 == 1 }))
        case .date: .date(Buffer(integers.map { Int32($0) }))
        case .timestamp: .timestamp(Buffer(integers), zone: zone)
        }
    }

    /// The smallest integers that hold all values.
    private static func narrowed(_ values: [Int64]) -> ColumnValues {
        .integers(IntegerBuffer(values, as: .smallest(for: values.min() ?? 0, values.max() ?? 0)))
    }

    /// A dictionary, its labels sorted by bytes; one text after the other where nearly every row has its own.
    private static func texts(_ labels: [String], _ codes: [Int32]) -> ColumnValues {
        // Labels of rows that were taken back are not kept.
        var isUsed = [Bool](repeating: false, count: labels.count)
        for code in codes where code >= 0 { isUsed[Int(code)] = true }
        let used = labels.indices.filter { isUsed[$0] }
        if used.count > 256, used.count > codes.count / 2 {
            return .text(TextBuffer(codes.map { $0 < 0 ? "" : labels[Int($0)] }))
        }
        let order = used.sorted { labels[$0].utf8.lexicographicallyPrecedes(labels[$1].utf8) }
        var rank = [Int32](repeating: 0, count: labels.count)
        for (place, label) in order.enumerated() { rank[label] = Int32(place) }
        let sorted = codes.map { $0 < 0 ? 0 : rank[Int($0)] }
        return .dictionary(
            codes: IntegerBuffer(codes: sorted, labelCount: order.count), labels: TextBuffer(order.map { labels[$0] }))
    }
}
