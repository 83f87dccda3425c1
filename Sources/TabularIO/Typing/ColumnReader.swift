public import CivilCalendar
import Columnar

/// Reads the cells of a column as values of one type, the one that is declared or the narrowest that reads them all.
public struct ColumnReader: Sendable {
    /// Gives the moment of a time without an offset; nil when there was no such time (a clock set forward).
    public typealias InstantResolver = @Sendable (CivilTime) -> Int64?
    /// Gives the day that a cell stands for.
    public typealias DayReader = @Sendable (Span<UInt8>) throws(CellProblem) -> CivilDate

    private let format: CellFormat
    private let zone: String
    private let clocks: String
    private let resolve: InstantResolver
    private let day: DayReader?

    /// A reader. `zone` names the zone of times for display, `clocks` that of naive ones where it is another, `resolve`
    /// finds the moment of those, `day` that of cells that are no ISO dates.
    public init(
        _ format: CellFormat = CellFormat(), zone: String, writtenIn clocks: String? = nil, day: DayReader? = nil,
        resolve: @escaping InstantResolver
    ) {
        self.format = format
        self.zone = zone
        self.clocks = clocks ?? zone
        self.day = day
        self.resolve = resolve
    }

    /// The texts of cells, as they are meant.
    public static func labels(_ feeds: [ColumnFeed], rowCount: Int) -> CellLabels {
        ColumnReader(zone: "UTC") { _ in nil }.read(feeds, rowCount: rowCount, declared: .text).labels
    }

    /// Reads a column of `rowCount` rows. `type` may decide what it is, knowing what it looks like. Cells that cannot
    /// be read are listed and missing. In rows where `isUnasked` is true, a blank is the answer of nobody.
    public func read(
        _ feeds: [ColumnFeed], rowCount: Int, isUnasked: [Bool]? = nil, declared: CellType? = nil,
        type: (CellType) -> CellType = { $0 }
    ) -> ReadColumn {
        var guess = TypeGuess(format)
        let coded = feeds.map { feed in
            let cells = CodedCells(
                feed,
                observe: { cell in
                    guard declared == nil else { return }
                    switch feed.meanings.meaning(of: cell) {
                    case .blank, .missing: break
                    case .itself: guess.observe(cell)
                    case .text(let text): guess.observe(text.utf8.span)
                    }
                }, isText: { declared.map { $0 == .text } ?? (guess.isText || type(guess.type) == .text) })
            return (feed: feed, cells: cells)
        }
        var reading = Reading(
            type: declared ?? type(guess.type), format: format, zone: zone, clocks: clocks, resolve: resolve, day: day,
            rowCount: rowCount)
        return reading.read(coded, isUnasked)
    }
}

/// One column being read.
private struct Reading {
    let type: CellType
    let format: CellFormat
    let zone: String
    let clocks: String
    let resolve: ColumnReader.InstantResolver
    let day: ColumnReader.DayReader?
    let rowCount: Int
    private var kinds = MissingKinds()
    private var states: [UInt8] = []
    private var labels = TextInterner()

    typealias Feeds = [(feed: ColumnFeed, cells: CodedCells)]

    init(
        type: CellType, format: CellFormat, zone: String, clocks: String,
        resolve: @escaping ColumnReader.InstantResolver,
        day: ColumnReader.DayReader?, rowCount: Int
    ) {
        self.type = type
        self.format = format
        self.zone = zone
        self.clocks = clocks
        self.resolve = resolve
        self.day = day
        self.rowCount = rowCount
    }

    mutating func read(_ feeds: Feeds, _ isUnasked: [Bool]?) -> ReadColumn {
        states = [UInt8](repeating: MissingKinds.blank, count: rowCount)
        let values = values(feeds)
        if let isUnasked {
            let unasked = kinds.state(of: ReadColumn.notAsked)
            for row in states.indices where states[row] == MissingKinds.blank && isUnasked[row] {
                states[row] = unasked
            }
        }
        return ReadColumn(
            type: type, zone: zone, values: values, states: states, kinds: kinds.names, problems: problems(feeds))
    }

    private mutating func values(_ feeds: Feeds) -> ReadColumn.Values {
        switch type {
        case .integer: return .integers(integers(feeds))
        case .number: return .numbers(lookUp(feeds, empty: 0) { [format] in format.number($0) })
        case .boolean: return .truths(lookUp(feeds, empty: 0) { CellParsing.truth($0).map { $0 ? 1 : 0 } })
        case .date: return .days(lookUp(feeds, empty: 0) { [self] in (try? readDay($0))?.day })
        case .timestamp: return .moments(lookUp(feeds, empty: 0) { [self] in try? readMoment($0) })
        case .text:
            let codes: [Int32] = texts(feeds)
            return .labels(codes, labels)
        }
    }

    /// The labels' numbers. The texts of the first feed are the first labels.
    private mutating func texts(_ feeds: Feeds) -> [Int32] {
        var labels = feeds.first?.cells.texts ?? TextInterner()
        let codes: [Int32] = lookUp(feeds, empty: -1) { labels.code(of: $0) }
        self.labels = labels
        return codes
    }

    /// Whole numbers in the smallest width that holds them.
    private mutating func integers(_ feeds: Feeds) -> IntegerBuffer {
        let tables = feeds.map { table($0, empty: Int64(0)) { [format] in format.integer($0) } }
        let (low, high) = (tables.map(\.low).min() ?? 0, tables.map(\.high).max() ?? 0)
        fillStates(feeds, tables)
        func filled<Integer: FixedWidthInteger & BitwiseCopyable & Sendable>(_: Integer.Type) -> Buffer<Integer> {
            let narrow = tables.map { table in
                ValueTable(
                    short: table.short.map { Integer(truncatingIfNeeded: $0) }, shortStates: table.shortStates,
                    long: table.long.map { Integer(truncatingIfNeeded: $0) }, longStates: table.longStates)
            }
            return Buffer(filledValues(feeds, narrow, empty: 0))
        }
        switch IntegerKind.smallest(for: low, high) {
        case .int8: return .int8(filled(Int8.self))
        case .int16: return .int16(filled(Int16.self))
        case .int32: return .int32(filled(Int32.self))
        default: return .int64(filled(Int64.self))
        }
    }

    private mutating func lookUp<Value: BitwiseCopyable>(
        _ feeds: Feeds, empty: Value, _ parse: (Span<UInt8>) -> Value?
    ) -> [Value] {
        let tables = feeds.map { table($0, empty: empty, parse) }
        fillStates(feeds, tables)
        return filledValues(feeds, tables, empty: empty)
    }

    private mutating func fillStates<Value>(_ feeds: Feeds, _ tables: [ValueTable<Value>]) {
        for (feed, table) in zip(feeds, tables) {
            feed.cells.fill(&states, short: table.shortStates, long: table.longStates)
        }
    }

    private func filledValues<Value>(_ feeds: Feeds, _ tables: [ValueTable<Value>], empty: Value) -> [Value] {
        var values = [Value](repeating: empty, count: rowCount)
        for (feed, table) in zip(feeds, tables) {
            feed.cells.fill(&values, short: table.short, long: table.long)
        }
        return values
    }

    /// What the different cells of a feed are.
    private mutating func table<Value: BitwiseCopyable>(
        _ feed: (feed: ColumnFeed, cells: CodedCells), empty: Value, _ parse: (Span<UInt8>) -> Value?
    ) -> ValueTable<Value> {
        var table = ValueTable(empty: empty, longCount: feed.cells.longCount)
        var kinds = kinds
        func look(_ cell: Span<UInt8>) -> (Value, UInt8) {
            switch feed.feed.meanings.meaning(of: cell) {
            case .blank: return (empty, MissingKinds.blank)
            case .missing(let kind): return (empty, kinds.state(of: kind))
            case .itself: return parse(cell).map { ($0, MissingKinds.value) } ?? (empty, MissingKinds.problem)
            case .text(let text):
                return parse(text.utf8.span).map { ($0, MissingKinds.value) } ?? (empty, MissingKinds.problem)
            }
        }
        feed.cells.forEachShort { (table.short[$0], table.shortStates[$0]) = look($1) }
        feed.cells.forEachLong { (table.long[$0], table.longStates[$0]) = look($1) }
        self.kinds = kinds
        return table
    }

    private func problems(_ feeds: Feeds) -> [ReadColumn.Problem] {
        guard states.contains(MissingKinds.problem) else { return [] }
        var problems: [ReadColumn.Problem] = []
        for (feed, _) in feeds {
            feed.cells.forEach { row, cell in
                guard states[row] == MissingKinds.problem, feed.rows?[row] ?? true else { return }
                if case .text(let text) = feed.meanings.meaning(of: cell) {
                    problems.append(.init(row: row, reason: reason(text.utf8.span)))
                } else {
                    problems.append(.init(row: row, reason: reason(cell)))
                }
            }
        }
        return problems.sorted { $0.row < $1.row }
    }

    /// From 0001-01-01 to 9999-12-31, in microseconds since 1970 UTC.
    private static let moments: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

    private func readDay(_ cell: Span<UInt8>) throws(CellProblem) -> CivilDate {
        if let day { return try day(cell) }
        guard let date = format.date(cell) else { throw CellReason.wrong(cell, "a date", format) }
        return date
    }

    private func readMoment(_ cell: Span<UInt8>) throws(CellProblem) -> Int64 {
        guard let time = format.time(cell) else { throw CellReason.wrong(cell, "a time", format) }
        guard let instant = time.offsetSeconds.map({ time.wallMicroseconds - Int64($0) * 1_000_000 }) ?? resolve(time)
        else {
            throw CellProblem("`\(String(copying: cell))` never was: clocks in \(clocks) were set forward then")
        }
        // Seen from UTC it may lie beyond the first or the last day that dates have.
        guard Self.moments.contains(instant) else {
            throw CellProblem("`\(String(copying: cell))` is outside the years 1 to 9999")
        }
        return instant
    }

    /// Why a cell cannot be read.
    private func reason(_ cell: Span<UInt8>) -> String {
        switch type {
        case .integer: return CellReason.wrong(cell, "a whole number", format).reason
        case .number: return CellReason.wrong(cell, "a number", format).reason
        case .boolean: return CellReason.wrong(cell, "true or false", format).reason
        case .date:
            do throws(CellProblem) { _ = try readDay(cell) } catch { return error.reason }
        case .timestamp:
            do throws(CellProblem) { _ = try readMoment(cell) } catch { return error.reason }
        case .text: break
        }
        return "the cell cannot be read"
    }
}

/// What numbers of cells stand for: a value, and whether there is one.
private struct ValueTable<Value: BitwiseCopyable> {
    var short: [Value]
    var shortStates: [UInt8]
    var long: [Value]
    var longStates: [UInt8]

    init(short: [Value], shortStates: [UInt8], long: [Value], longStates: [UInt8]) {
        self.short = short
        self.shortStates = shortStates
        self.long = long
        self.longStates = longStates
    }

    init(empty: Value, longCount: Int) {
        short = Array(repeating: empty, count: 256)
        shortStates = Array(repeating: MissingKinds.blank, count: 256)
        long = Array(repeating: empty, count: longCount)
        longStates = Array(repeating: MissingKinds.blank, count: longCount)
    }
}

extension ValueTable<Int64> {
    var low: Int64 { min(short.min() ?? 0, long.min() ?? 0) }
    var high: Int64 { max(short.max() ?? 0, long.max() ?? 0) }
}

/// What a row has in a column, in a byte: a value, a cell that cannot be read, or a kind of missing.
struct MissingKinds {
    static let value: UInt8 = 0
    static let blank: UInt8 = 1
    static let problem: UInt8 = 255

    /// The kinds by state: a value has none, a blank is the standard one.
    private(set) var names = ["", ReadColumn.skipped]

    mutating func state(of kind: String) -> UInt8 {
        if let known = names.firstIndex(of: kind) { return UInt8(known) }
        names.append(kind)
        return UInt8(names.count - 1)
    }
}

/// Sentences about cells that cannot be read.
enum CellReason {
    static func wrong(_ cell: Span<UInt8>, _ wanted: String, _ format: CellFormat) -> CellProblem {
        if CellParsing.isNotANumber(cell) {
            return CellProblem("`\(String(copying: cell))` is no value: declare it as a missing code in the codebook")
        }
        if wanted == "a number" || wanted == "a whole number", format.isWholeNumber(cell) {
            return CellProblem("`\(shown(cell))` has more digits than are kept exactly: declare the column as text")
        }
        var wanted = wanted
        if let pattern = format.dates, ["a date", "a time"].contains(wanted) {
            wanted += " such as `\(pattern.text)` says"
        } else if wanted == "a date" {
            wanted += " such as 2026-11-04"
        } else if wanted == "a time" {
            wanted += " such as 2026-11-04T06:00"
        }
        return CellProblem("`\(shown(cell))` is not \(wanted)")
    }

    /// The cell, or about its first 40 bytes, up to the end of a letter.
    private static func shown(_ cell: Span<UInt8>) -> String {
        var end = 40
        guard cell.count > end else { return String(copying: cell) }
        while end > 0, cell[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        return String(copying: cell.extracting(0..<end)) + "…"
    }
}
