import CivilCalendar
import LuaSandbox
import MeasureModel

/// Looks columns of one dataset up for the rows of another's frame.
struct JoinLookup {
    let host: Evaluation
    let group: GroupView
    let dataset: Dataset
    let pairs: [(theirs: String, ours: String)]

    /// A column of the other dataset in the order of the frame's rows; computed once per frame, and billed each time: what a
    /// script uses must not hang on what others asked for before.
    func column(_ name: String) throws(LuaHostError) -> ColumnData {
        try host.checkLength(ofName: name)
        try host.stopIfOver()  // each column of a long list is looked up anew
        guard host.exists(name, in: dataset),
            let source = try host.data({ () throws(DataError) in try dataset.column(name) })
        else { throw host.noColumn(name, in: dataset) }
        try requireKeys()
        host.bill(rows: dataset.rowCount + group.frame.datasetRows.count)
        if let known = group.frame.joins[signature + "|" + name] { return known }
        let column = Self.taken(source, try found().rows)
        // No script's memory: of all the ways in which one could join, few are kept.
        if group.frame.joins.count >= Self.mostKept { group.frame.joins = [:] }
        group.frame.joins[signature + "|" + name] = column
        return column
    }

    /// Asked each time: others may have looked up by columns that this script has not.
    private func requireKeys() throws(LuaHostError) {
        for pair in pairs {
            for (name, dataset) in [(pair.theirs, dataset), (pair.ours, group.frame.dataset)] {
                try host.checkLength(ofName: name)
                guard host.exists(name, in: dataset) else { throw host.noColumn(name, in: dataset, "join: ") }
            }
        }
    }

    private static let mostKept = 32

    /// The rows that were found, where the other dataset says who its persons are: rows of places are nobody's.
    func foundPersons() throws(LuaHostError) -> FoundRows? {
        dataset.description.persons == .row ? nil : try found()
    }

    private func found() throws(LuaHostError) -> FoundRows {
        if let known = group.frame.foundRows[signature] { return known }
        let found = FoundRows(try matches(), try host.counter(of: dataset))
        if group.frame.foundRows.count >= Self.mostKept { group.frame.foundRows = [:] }
        group.frame.foundRows[signature] = found
        return found
    }

    /// What the look-up depends on beside the frame: in a frame that is not split by date, on the group's period.
    private var signature: String {
        let period = group.frame.isByDate ? "" : "|period \(group.period ?? -1)"
        return dataset.description.name + period + pairs.map { "|\($0.theirs)=\($0.ours)" }.joined()
    }

    /// For each row of the frame the row of the other dataset, -1 where none matches.
    private func matches() throws(LuaHostError) -> [Int32] {
        var theirs: [[String?]] = []
        var ours: [[String?]] = []
        for pair in pairs {
            theirs.append(try texts(dataset, pair.theirs))
            ours.append(try texts(group.frame.dataset, pair.ours))
        }
        let networks = try (
            texts(dataset, "network", isOptional: true), texts(group.frame.dataset, "network", isOptional: true)
        )
        let candidates = Dictionary(
            grouping: (0..<dataset.rowCount).filter { row in theirs.allSatisfy { $0[row] != nil } }
        ) {
            row in theirs.map { $0[row] ?? "" }
        }
        let validity = try Validity(host, dataset)
        let rowPeriods = group.frame.periodOfRow
        return try group.frame.datasetRows.enumerated().map { (place, ourRow) throws(LuaHostError) in
            try host.stopIfOver()  // very many rows may have one key
            let key = ours.compactMap { $0[Int(ourRow)] }
            guard key.count == ours.count, let rows = candidates[key] else { return -1 }
            let period = group.frame.isByDate ? Int(rowPeriods[place]) : group.period ?? -1
            let valid = rows.filter { validity.holds($0, in: period) }
            let sameNetwork = valid.first { networks.0[$0] == networks.1[Int(ourRow)] }
            return Int32(sameNetwork ?? valid.first ?? -1)
        }
    }

    private func texts(_ dataset: Dataset, _ name: String, isOptional: Bool = false) throws(LuaHostError) -> [String?] {
        try host.checkLength(ofName: name)
        guard dataset.hasColumn(name), let keys = try host.data({ () throws(DataError) in try dataset.keys(name) })
        else {
            if isOptional { return [String?](repeating: nil, count: dataset.rowCount) }
            throw host.noColumn(name, in: dataset, "join: ")
        }
        return keys.codes.map { $0 < 0 ? nil : keys.labels.texts[Int($0)] }
    }

    private static func taken(_ source: ColumnData, _ rows: [Int32]) -> ColumnData {
        var result = source.gathered(rows.map { max($0, 0) })
        let why = rows.enumerated().map { place, row -> UInt8 in
            row < 0 ? MissingKind.notLoaded.rawValue : result.missingKind(place)?.rawValue ?? 0
        }
        switch result.values {
        case .numbers(var numbers):
            for (place, row) in rows.enumerated() where row < 0 { numbers[numbers.startIndex + place] = .nan }
            result.values = .numbers(numbers)
        case .labels(var codes, let labels):
            for (place, row) in rows.enumerated() where row < 0 { codes[codes.startIndex + place] = -1 }
            result.values = .labels(codes, labels)
        }
        result.why = why[...]
        return result
    }
}

/// Whether rows of a dataset are true in a period, and there on the day the run looks from.
private struct Validity {
    private let moments: (values: [Double], end: Double)?
    private let starts: [Double]?
    private let ends: [Double]?
    private let bounds: [(first: Double, last: Double)]

    init(_ host: Evaluation, _ dataset: Dataset) throws(LuaHostError) {
        func days(_ name: String?) throws(LuaHostError) -> [Double]? {
            guard let name else { return nil }
            return try host.data { () throws(DataError) in try dataset.column(name).map { Array($0.numbers) } }
        }
        moments = try Self.moments(host, dataset)
        starts = try days(dataset.description.validFrom)
        ends = try days(dataset.description.validTo)
        let today = Double(host.setting.asOf.day)
        bounds = host.setting.periods.map { period in
            guard let days = period.days else { return (-.infinity, today) }
            return (Double(days.start.day), min(Double(days.end.day) - 1, today))
        }
    }

    /// When rows of a dated dataset were, and the first moment that is not there yet.
    private static func moments(
        _ host: Evaluation, _ dataset: Dataset
    ) throws(LuaHostError) -> (values: [Double], end: Double)? {
        guard let name = dataset.description.periodColumn,
            let column = try host.data({ () throws(DataError) in try dataset.column(name) })
        else { return nil }
        let end =
            column.kind == .time
            ? Double(host.setting.asOfInstant) / Double(CivilTime.microsecondsPerDay)
            : Double(host.setting.asOf.day) + 1
        return (Array(column.numbers), end)
    }

    func holds(_ row: Int, in period: Int) -> Bool {
        if let moments, moments.values[row] >= moments.end { return false }
        guard bounds.indices.contains(period) else { return true }
        let start = starts?[row] ?? .nan
        let end = ends?[row] ?? .nan
        return (start.isNaN || start <= bounds[period].last) && (end.isNaN || end >= bounds[period].first)
    }
}
