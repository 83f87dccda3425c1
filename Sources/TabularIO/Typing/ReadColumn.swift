import CivilCalendar
public import Columnar

/// A column of a file as values, before it is known which rows are kept.
public struct ReadColumn: Sendable {
    enum Values: Sendable {
        case integers(IntegerBuffer)
        case numbers([Double])
        case truths([UInt8])
        /// Days since 1970-01-01.
        case days([Int32])
        /// Microseconds since 1970-01-01 00:00 UTC.
        case moments([Int64])
        /// Numbers of labels.
        case labels([Int32], TextInterner)
    }

    /// A cell that cannot be read.
    public struct Problem: Equatable, Sendable {
        /// The row, from 0.
        public var row: Int
        /// What is wrong.
        public var reason: String

        /// A problem.
        public init(row: Int, reason: String) {
            self.row = row
            self.reason = reason
        }
    }

    /// The kind of a blank cell.
    public static let skipped = "skipped"
    /// The kind of a blank cell of somebody who was not asked.
    public static let notAsked = "not_asked"
    /// What the name of the column ends in that says why values are missing.
    public static let companionSuffix = ".missing"

    /// What the cells are.
    public let type: CellType
    private let zone: String
    private let values: Values
    private let presence: Presence
    private let kinds: [String]
    /// Cells that cannot be read, in the order of rows.
    public let problems: [Problem]

    init(type: CellType, zone: String, values: Values, states: [UInt8], kinds: [String], problems: [Problem]) {
        self.type = type
        self.zone = zone
        self.values = values
        // A cell that cannot be read is missing like a blank one.
        let isReadable = problems.isEmpty
        presence = Presence(
            isReadable ? states : states.map { $0 == MissingKinds.problem ? MissingKinds.blank : $0 })
        self.kinds = kinds
        self.problems = problems
    }

    /// Whether the row has a value.
    public func isValid(_ row: Int) -> Bool {
        switch presence {
        case .everywhere: true
        case .unlessBlank(let rows): rows[row]
        case .states(let states): states[row] == MissingKinds.value
        }
    }

    /// The value of a row as text, as `Column.text(_:)` will show it; nil where missing.
    public func text(_ row: Int) -> String? {
        guard isValid(row) else { return nil }
        switch values {
        case .integers(let numbers): return numbers.text(row)
        case .numbers(let numbers): return "\(numbers[row])"
        case .truths(let truths): return truths[row] == 1 ? "true" : "false"
        case .days(let days): return CivilDate(day: days[row]).description
        case .moments(let moments): return CivilTime(utcMicroseconds: moments[row]).description
        case .labels(let codes, let labels): return labels[Int(codes[row])]
        }
    }

    /// The texts of a column of texts.
    public var labels: CellLabels {
        guard case .labels(let codes, let texts) = values else {
            preconditionFailure("only a column of texts has labels")
        }
        return CellLabels(codes: codes, texts: texts)
    }

    /// The column with the given rows, and a companion that says why values are missing where there is more to tell
    /// than that cells were blank. Equal rows give equal columns, whatever other rows the file has. Nil means all rows.
    public func columns(named name: String, rows: [Int32]?) -> [Column] {
        func column(_ validity: Bitmap?) -> Column {
            Column(name: name, values: values(rows), validity: validity.flatMap { $0.setCount == $0.count ? nil : $0 })
        }
        switch presence {
        case .everywhere: return [column(nil)]
        case .unlessBlank(let validity): return [column(rows.map { validity.picked($0) } ?? validity)]
        case .states(let states):
            let states = pick(states, rows)
            let isValid = states.map { $0 == MissingKinds.value }
            return [column(Bitmap(isValid))] + companion(name, states, isValid)
        }
    }

    /// The column that says why values are missing; none where cells were just blank.
    private func companion(_ name: String, _ states: [UInt8], _ isValid: [Bool]) -> [Column] {
        var isUsed = [Bool](repeating: false, count: kinds.count)
        for state in states where state != MissingKinds.value { isUsed[Int(state)] = true }
        let used = kinds.indices.filter { isUsed[$0] }.map { kinds[$0] }.sorted()
        guard used.contains(where: { $0 != Self.skipped }) else { return [] }
        let places = kinds.map { Int32(used.firstIndex(of: $0) ?? 0) }
        let codes = IntegerBuffer(codes: states.map { places[Int($0)] }, labelCount: used.count)
        return [
            Column(
                name: name + Self.companionSuffix, values: .dictionary(codes: codes, labels: TextBuffer(used)),
                validity: Bitmap(isValid.map { !$0 }))
        ]
    }

    private func values(_ rows: [Int32]?) -> ColumnValues {
        switch values {
        case .integers(let numbers): return .integers(rows.map { numbers.narrowed($0) } ?? numbers)
        case .numbers(let numbers): return .float64(Buffer(pick(numbers, rows)))
        case .truths(let truths): return .bool(Bitmap(pick(truths, rows).map { $0 == 1 }))
        case .days(let days): return .date(Buffer(pick(days, rows)))
        case .moments(let moments): return .timestamp(Buffer(pick(moments, rows)), zone: zone)
        case .labels(let codes, let labels): return labels.column(of: pick(codes, rows))
        }
    }

    /// Which rows have values, in as little memory as that takes: many columns are held at once.
    private enum Presence {
        case everywhere
        /// A bit for each row; the others are blank.
        case unlessBlank(Bitmap)
        /// A state for each row.
        case states([UInt8])

        init(_ states: [UInt8]) {
            // A value is 0, a blank 1, and all else more.
            let seen = states.reduce(0, |)
            if seen == MissingKinds.value {
                self = .everywhere
            } else if seen == MissingKinds.blank {
                self = .unlessBlank(Bitmap(zerosOf: states))
            } else {
                self = .states(states)
            }
        }
    }

    private func pick<Value>(_ values: [Value], _ rows: [Int32]?) -> [Value] {
        guard let rows else { return values }
        return rows.map { values[Int($0)] }
    }
}

extension TextInterner {
    /// Labels by number, -1 for none, as a dictionary with its labels sorted by bytes; one text after the other where
    /// nearly every row has its own.
    fileprivate func column(of codes: [Int32]) -> ColumnValues {
        var isUsed = [Bool](repeating: false, count: count)
        for code in codes where code >= 0 { isUsed[Int(code)] = true }
        let used = (0..<count).filter { isUsed[$0] }
        if used.count > 256, used.count > codes.count / 2 {
            var texts = TextBuilder()
            for code in codes {
                if code < 0 { texts.append("") } else { withText(Int(code)) { texts.append(utf8: $0) } }
            }
            return .text(texts.finish())
        }
        let order = sorted(used)
        var ranks = [Int32](repeating: 0, count: count)
        var labels = TextBuilder()
        for (rank, code) in order.enumerated() {
            ranks[code] = Int32(rank)
            withText(code) { labels.append(utf8: $0) }
        }
        return .dictionary(
            codes: IntegerBuffer(codes: codes.map { $0 < 0 ? 0 : ranks[Int($0)] }, labelCount: order.count),
            labels: labels.finish())
    }
}
