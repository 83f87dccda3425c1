import LuaSandbox

/// Values of the units that rows belong to: the hours of each team, the attendance of each person, the days from one meeting
/// of a team to the next.
///
/// A unit's value stands in the first of its rows, so that every unit counts once in what follows; all other rows are
/// `not_applicable`. So rows stay rows, and whoever is behind them stays known.
enum UnitVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "per", per),
        Verb(.column, "gaps", gaps),
    ]

    // MARK: per

    private enum Summary { case mean, sum, count, min, max }

    /// `col:per("team", { give = "sum" })`: the sum of each team's values.
    private static func per(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "per")
        let unit = try host.column(arguments, at: 1, of: column.group, "per")
        let options = try host.options(arguments, 2, "per", known: ["give", "least"])
        let summary = try host.choice(
            options, "give", "per",
            [("mean", Summary.mean), ("sum", .sum), ("count", .count), ("min", .min), ("max", .max)])
        let least = try least(options)
        let isCounted = summary == .count
        let numbers = isCounted ? [] : try host.numbers(column, "per")
        host.bill(rows: 2 * column.group.count)
        let units = UnitCodes(unit.data)
        var sums = [Double](repeating: 0, count: units.count)
        var counts = [Int](repeating: 0, count: units.count)
        for row in 0..<column.group.count {
            guard let place = units.place(of: row), !column.data.isMissing(row) else { continue }
            counts[place] += 1
            guard !isCounted else { continue }
            let value = numbers[numbers.startIndex + row]
            switch summary {
            case .min: sums[place] = counts[place] == 1 ? value : Swift.min(sums[place], value)
            case .max: sums[place] = counts[place] == 1 ? value : Swift.max(sums[place], value)
            case .mean, .sum, .count: sums[place] += value
            }
        }
        var values = [Double](repeating: .nan, count: column.group.count)
        for (place, first) in units.firstRows.enumerated() where counts[place] >= least {
            if isCounted {
                values[first] = Double(counts[place])
            } else if counts[place] > 0 {
                values[first] = summary == .mean ? sums[place] / Double(counts[place]) : sums[place]
            }
        }
        return try give(host, column, unit, values, units)
    }

    private static func least(_ options: LuaTable) throws(LuaHostError) -> Int {
        guard let given = options["least"] else { return 0 }
        guard let number = given.asNumber, number >= 0, number <= 1e9 else {
            throw .message("per: `least` is how many values a unit needs, 0 or more")
        }
        return Int(number.rounded(.up))
    }

    // MARK: gaps

    /// `g.date:gaps("team")`: how far each value lies from the one before it of the same team.
    private static func gaps(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "gaps")
        let numbers = try host.numbers(column, "gaps")
        let unit = try host.column(arguments, at: 1, of: column.group, "gaps")
        let units = UnitCodes(unit.data)
        let rows = (0..<numbers.count).filter { units.place(of: $0) != nil && !column.data.isMissing($0) }
        host.bill(rows: rows.count * (1 + rows.count.bitWidth - rows.count.leadingZeroBitCount))
        let start = numbers.startIndex
        let ordered = rows.map { (unit: units.place(of: $0) ?? 0, value: numbers[start + $0], row: $0) }
            .sorted { ($0.unit, $0.value, $0.row) < ($1.unit, $1.value, $1.row) }
        var values = [Double](repeating: .nan, count: column.group.count)
        for (before, after) in zip(ordered, ordered.dropFirst()) where before.unit == after.unit {
            values[after.row] = after.value - before.value
        }
        return try give(host, column, unit, values, units)
    }

    /// A column of numbers; why a row has none is that it is not the one which has its unit's, or what its own reason is.
    private static func give(
        _ host: Evaluation, _ column: ColumnView, _ unit: ColumnView, _ values: [Double], _ units: UnitCodes
    ) throws(LuaHostError) -> LuaValue {
        let why = values.indices.map { row -> UInt8 in
            guard values[row].isNaN else { return 0 }
            if units.place(of: row) == nil { return (unit.data.missingKind(row) ?? .skipped).rawValue }
            return (column.data.missingKind(row) ?? .notApplicable).rawValue
        }
        let data = ColumnData(kind: .number, numbers: values, why: why[...])
        let group = column.group.resting(on: unit.group)
        return try host.give(.column(ColumnView(group: group, data: data, ownsMemory: true)))
    }
}

/// The units of rows as places from 0, in the order in which they first occur.
private struct UnitCodes {
    private var places: [Int32]
    private(set) var firstRows: [Int] = []

    var count: Int { firstRows.count }

    func place(of row: Int) -> Int? { places[row] < 0 ? nil : Int(places[row]) }

    init(_ data: ColumnData) {
        places = [Int32](repeating: -1, count: data.count)
        switch data.values {
        case .labels(let codes, let labels):
            var known = [Int32](repeating: -1, count: labels.texts.count)
            for (row, code) in codes.enumerated() where code >= 0 {
                if known[Int(code)] < 0 { known[Int(code)] = newPlace(row) }
                places[row] = known[Int(code)]
            }
        case .numbers(let numbers):
            var known: [Double: Int32] = [:]
            for (row, number) in numbers.enumerated() where !number.isNaN {
                let place = known[number] ?? newPlace(row)
                known[number] = place
                places[row] = place
            }
        }
    }

    private mutating func newPlace(_ row: Int) -> Int32 {
        firstRows.append(row)
        return Int32(firstRows.count - 1)
    }
}
