import CivilCalendar
import Columnar
import MeasureModel

/// A dataset's rows put together by dimensions and period, its columns gathered once for all measures of a batch.
final class Frame {
    /// The rows of one key in one period.
    struct Group {
        var key: [String]
        var period: Int
        var rows: Range<Int>
    }

    /// How rows are spread over periods.
    enum Calendar {
        /// Each row belongs to the period of its date.
        case byDate([Period])
        /// Rows are not split; which of them count in a period is asked of their validity.
        case none
    }

    let dataset: Dataset
    let dimensions: [String]
    /// Whether rows are split by the period of their date.
    let isByDate: Bool
    /// What bills the rows' memory where a script had them made.
    let bill = HeldObject()
    private(set) var groups: [Group] = []
    private(set) var summary = BatchSummary()
    private var order: [Int32] = []
    private var isIdentity = false
    private var columns: [String: ColumnData] = [:]
    private var framePersons: FramePersons?
    /// For each row of the dataset its place in the order of the groups, -1 where it is in none.
    private lazy var places: [Int32] = {
        var places = [Int32](repeating: -1, count: dataset.rowCount)
        for place in order.indices { places[Int(order[place])] = Int32(truncatingIfNeeded: place) }
        return places
    }()
    /// Who answered in each group, by its number, where that was counted.
    var responses: [Int: ResponseCount?] = [:]
    /// Columns looked up in other datasets, by a signature of the look-up.
    var joins: [String: ColumnData] = [:]
    /// The rows that were found in other datasets, by the same signature without the column.
    var foundRows: [String: FoundRows] = [:]
    private(set) lazy var groupNumbers: [[String]: [Int]] = Dictionary(
        grouping: groups.indices, by: { groups[$0].key })

    /// Groups the rows.
    ///
    /// - Throws: ``DataError``; a dimension that no part has gives no groups.
    init(
        _ dataset: Dataset, dimensions: [String], calendar: Calendar, asOf: CivilDate, asOfInstant: Int64
    ) throws(DataError) {
        self.dataset = dataset
        self.dimensions = dimensions
        isByDate = if case .byDate = calendar { true } else { false }
        var keys: [GroupingKey] = []
        var labels: [Labels] = []
        for dimension in dimensions {
            guard let key = try dataset.keys(dimension) else { return }
            keys.append(GroupingKey(codes: key.codes, cardinality: key.labels.texts.count))
            labels.append(key.labels)
        }
        let periods = try Self.periodCodes(dataset, calendar, asOf, asOfInstant, &summary)
        if let periods { keys.append(periods) }
        let grouping = Grouping(rowCount: dataset.rowCount, keys: keys)
        order = grouping.order
        isIdentity = grouping.order.count == dataset.rowCount && grouping.isIdentity
        groups = grouping.groups.map { group in
            Group(
                key: zip(group.codes, labels).map { $1.texts[Int($0)] },
                period: periods == nil ? 0 : Int(group.codes[dimensions.count]), rows: group.rows)
        }
        try countKeyless(grouping.keyless, keys: keys.prefix(dimensions.count), periods: periods)
    }

    /// Rows that a script had made from some of another frame's, as they stand. They are in no group of the frame.
    init(made dataset: Dataset, like frame: Frame) {
        self.dataset = dataset
        dimensions = frame.dimensions
        isByDate = false
        order = (0..<dataset.rowCount).map(Int32.init)
        isIdentity = true
    }

    /// The number of the period of each row; -1 outside all, and for rows that are not there yet.
    private static func periodCodes(
        _ dataset: Dataset, _ calendar: Calendar, _ asOf: CivilDate, _ asOfInstant: Int64,
        _ summary: inout BatchSummary
    ) throws(DataError) -> GroupingKey? {
        guard case .byDate(let periods) = calendar else { return nil }
        let isAll = periods.count == 1 && periods[0].days == nil
        guard let name = dataset.description.periodColumn, let kind = try dataset.kind(of: name), kind != .label
        else {
            return isAll ? nil : GroupingKey(codes: [Int32](repeating: -1, count: dataset.rowCount), cardinality: 1)
        }
        var byKind = PeriodLookup(periods, kind: kind, asOf: asOf, asOfInstant: asOfInstant)
        var byDay = PeriodLookup(periods, kind: .date, asOf: asOf, asOfInstant: asOfInstant)
        var codes: [Int32] = []
        codes.reserveCapacity(dataset.rowCount)
        for part in dataset.parts {
            // One load may tell days where another tells moments: a day is a day here, not in UTC.
            if part.table[name]?.type == .date {
                append(part.table, name, &byDay, &codes, &summary)
            } else {
                append(part.table, name, &byKind, &codes, &summary)
            }
        }
        return GroupingKey(codes: codes, cardinality: max(1, periods.count))
    }

    /// Adds the periods of a part's rows.
    private static func append(
        _ table: Table, _ name: String, _ lookup: inout PeriodLookup, _ codes: inout [Int32],
        _ summary: inout BatchSummary
    ) {
        var moments: [Double] = []
        if let column = table[name] {
            column.appendDoubles(to: &moments)
        } else {
            moments = [Double](repeating: .nan, count: table.rowCount)
        }
        for moment in moments {
            let code = lookup.code(of: moment)
            if code == PeriodLookup.notYet { summary.rowsAfterAsOf += 1 }
            if code == PeriodLookup.outside { summary.rowsOutsidePeriods += 1 }
            codes.append(code < 0 ? -1 : code)
        }
    }

    private func countKeyless(
        _ rows: [Int32], keys: ArraySlice<GroupingKey>, periods: GroupingKey?
    ) throws(DataError) {
        let keyless = rows.filter { row in
            (periods.map { $0.codes[Int(row)] >= 0 } ?? true) && keys.contains { $0.codes[Int(row)] < 0 }
        }
        summary.keylessRows = keyless.count
        guard !keyless.isEmpty else { return }
        summary.keylessPersons = try dataset.counter().count(datasetRows: keyless)
    }

    /// Makes sure that there is a group to evaluate, though it has no rows (for tests inside measures).
    func addEmptyGroup(period: Int) {
        if !groups.contains(where: { $0.period == period }) {
            groups.append(Group(key: [], period: period, rows: order.count..<order.count))
        }
    }

    /// A column that was gathered before.
    func gathered(_ name: String) -> ColumnData? { columns[name] }

    /// A column in the order of the groups; nil when the dataset lacks it.
    func column(_ name: String) throws(DataError) -> ColumnData? {
        if let known = columns[name] { return known }
        let gathered = try dataset.announcements.hostWork(rows: dataset.rowCount) { () throws(DataError) in
            try gather(name)
        }
        columns[name] = gathered
        return gathered
    }

    private func gather(_ name: String) throws(DataError) -> ColumnData? {
        if !isIdentity, let placed = try dataset.numbers(name, at: places, count: order.count) { return placed }
        return try dataset.column(name).map { isIdentity ? $0 : $0.gathered(order) }
    }

    /// The persons behind the rows, where they were asked for before.
    var knownPersons: FramePersons? { framePersons }

    /// The persons behind the rows in the order of the groups.
    func persons() throws(DataError) -> FramePersons {
        if let known = framePersons { return known }
        let persons = try dataset.announcements.hostWork(rows: dataset.rowCount) { () throws(DataError) in
            try FramePersons(self)
        }
        framePersons = persons
        return persons
    }

    /// Codes of the dataset's rows in the order of the groups.
    func inOrder(_ codes: [Int32]) -> [Int32] {
        isIdentity ? codes : order.map { codes[Int($0)] }
    }

    /// Row numbers of the dataset in the order of the groups.
    var datasetRows: [Int32] { order }

    /// The period of each row in the order of the groups.
    private(set) lazy var periodOfRow: [Int32] = {
        var result = [Int32](repeating: 0, count: order.count)
        for group in groups { for row in group.rows { result[row] = Int32(group.period) } }
        return result
    }()

    /// The group of a key in a period, nil when it has no rows.
    func group(_ key: [String], period: Int) -> Int? {
        groupNumbers[key]?.first { groups[$0].period == period }
    }
}

/// Finds the period of a date or time.
struct PeriodLookup {
    static let outside: Int32 = -1
    static let notYet: Int32 = -2

    private let starts: [Double]
    private let ends: [Double]
    private let limit: Double
    private let isAll: Bool
    /// The period of the last moment: the next one is mostly in the same.
    private var last = 0

    init(_ periods: [Period], kind: ColumnKind, asOf: CivilDate, asOfInstant: Int64) {
        isAll = periods.count == 1 && periods[0].days == nil
        func moment(_ date: CivilDate, _ instant: Int64) -> Double {
            kind == .time ? Double(instant) / 86_400_000_000 : Double(date.day)
        }
        starts = periods.map { $0.days.map { moment($0.start, $0.startInstant) } ?? -.infinity }
        ends = periods.map { $0.days.map { moment($0.end, $0.endInstant) } ?? .infinity }
        limit = kind == .time ? Double(asOfInstant) / 86_400_000_000 : Double(asOf.day) + 1
    }

    mutating func code(of moment: Double) -> Int32 {
        if moment >= limit { return Self.notYet }
        if isAll { return 0 }
        if last < starts.count, starts[last] <= moment, moment < ends[last],
            last + 1 == starts.count || starts[last + 1] > moment
        {
            return Int32(last)
        }
        guard !moment.isNaN else { return Self.outside }
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        guard low > 0, moment < ends[low - 1] else { return Self.outside }
        last = low - 1
        return Int32(last)
    }
}
