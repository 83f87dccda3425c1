import MeasureModel

/// Adds planned counts up over every grouping a measure is evaluated by.
struct Tally {
    let measure: String
    let part: String?
    /// Dimensions with their ancestors, as keys show them.
    let groupings: [[String]]
    /// The least number of persons behind a published number.
    let minimum: Int
    private var cells: [Cell.Key: Cell] = [:]
    private var order: [Cell.Key] = []

    private struct Cell {
        struct Key: Hashable {
            var group: GroupKey
            var period: String
        }

        var numerator = 0
        var denominator = 0
        var n = 0
        /// Persons; where rows count people, the largest count of each site.
        var persons: [String: Int] = [:]
    }

    init(_ measure: String, part: String? = nil, by groupings: [[String]], minimum: Int) {
        self.measure = measure
        self.part = part
        self.groupings = groupings
        self.minimum = minimum
    }

    /// Adds one planned cell. `persons` are the people behind it, each with 1, or sites with the people in them.
    mutating func add(
        _ group: [String: String], _ period: String, numerator: Int, denominator: Int, n: Int, persons: [String: Int]
    ) {
        for dimensions in groupings {
            let parts = dimensions.compactMap { name in group[name].map { GroupKey.Part(name, $0) } }
            guard parts.count == dimensions.count else { continue }
            let key = Cell.Key(group: GroupKey(parts), period: period)
            if cells[key] == nil { order.append(key) }
            cells[key, default: Cell()].numerator += numerator
            cells[key, default: Cell()].denominator += denominator
            cells[key, default: Cell()].n += n
            cells[key, default: Cell()].persons.merge(persons) { max($0, $1) }
        }
    }

    /// What must come out.
    var observations: [PlantedObservation] {
        order.compactMap { key in
            guard let cell = cells[key], cell.denominator > 0 else { return nil }
            let isHidden = cell.persons.values.reduce(0, +) < minimum
            return PlantedObservation(
                measure: measure, part: part, group: key.group, period: key.period,
                value: isHidden ? nil : Double(cell.numerator) / Double(cell.denominator), n: isHidden ? nil : cell.n,
                status: isHidden ? .suppressed : .ok)
        }
    }
}
