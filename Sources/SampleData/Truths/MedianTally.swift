import MeasureModel

/// Gathers planned values over every grouping a measure is evaluated by, for their medians.
struct MedianTally {
    private let measure: String
    private let part: String?
    private let groupings: [[String]]
    private let minimum: Int
    private var cells: [Key: [(value: Double, person: String)]] = [:]
    private var order: [Key] = []

    private struct Key: Hashable {
        var group: GroupKey
        var period: String
    }

    init(_ measure: String, part: String?, by groupings: [[String]], minimum: Int) {
        self.measure = measure
        self.part = part
        self.groupings = groupings
        self.minimum = minimum
    }

    /// Adds the value of one row, and the person behind it.
    mutating func add(_ group: [String: String], _ period: String, value: Double, person: String) {
        for dimensions in groupings {
            let parts = dimensions.compactMap { name in group[name].map { GroupKey.Part(name, $0) } }
            let key = Key(group: GroupKey(parts), period: period)
            if cells[key] == nil { order.append(key) }
            cells[key, default: []].append((value, person))
        }
    }

    /// What must come out.
    var observations: [PlantedObservation] {
        order.map { key in
            let rows = cells[key] ?? []
            let sorted = rows.map(\.value).sorted()
            let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
            let isHidden = Set(rows.map(\.person)).count < minimum
            return PlantedObservation(
                measure: measure, part: part, group: key.group, period: key.period, value: isHidden ? nil : median,
                n: isHidden ? nil : rows.count, status: isHidden ? .suppressed : .ok)
        }
    }
}
