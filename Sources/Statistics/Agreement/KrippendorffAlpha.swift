/// Krippendorff's alpha: the agreement of any number of raters, each of whom may have left units out.
public struct KrippendorffAlpha: Hashable, Sendable {
    /// What the numbers of the judgements mean, and so how far apart two are.
    public enum Level: String, CaseIterable, Codable, Hashable, Sendable {
        /// Names: two are alike or not.
        case nominal
        /// Ranks: how many judgements lie between two.
        case ordinal
        /// Their difference.
        case interval
        /// Their difference over their sum.
        case ratio
    }

    /// How many units at least two raters judged.
    public let units: Int
    /// How many judgements those units have.
    public let judgements: Int
    /// Alpha: 1 - observed / expected disagreement; 1 for full agreement, 0 for chance.
    public let value: Double

    /// Alpha of units in rows and raters in columns.
    ///
    /// Source: K. Krippendorff, "Content Analysis" (3rd ed., 2013), chapter 12: coincidences of values within units, each
    /// unit with m judgements counting its pairs 1 / (m - 1) times.
    public init(_ ratings: AnswerTable, level: Level) throws(Undefined) {
        let units = (0..<ratings.rows)
            .map { row in (0..<ratings.columns).map { ratings[row, $0] }.filter { !$0.isNaN } }
            .filter { $0.count > 1 }
        guard !units.isEmpty else { throw Undefined("alpha needs a unit that at least two raters judged") }
        let values = Set(units.joined()).sorted()
        guard values.count > 1 else { throw Undefined("alpha needs judgements that differ") }
        guard level != .ratio || values[0] >= 0 else { throw Undefined("a ratio scale needs judgements of 0 or more") }
        let coincidences = Self.coincidences(units, values)
        let totals = values.indices.map { coincidences.column($0).reduce(0, +) }
        let total = totals.reduce(0, +)
        var (observed, expected) = (0.0, 0.0)
        for a in values.indices {
            for b in values.indices where a != b {
                let distance = level.distance(a, b, values, totals)
                observed += coincidences[a, b] * distance
                expected += totals[a] * totals[b] * distance
            }
        }
        self.units = units.count
        judgements = units.reduce(0) { $0 + $1.count }
        value = try (1 - (total - 1) * observed / expected).finite(or: "alpha")
    }

    private static func coincidences(_ units: [[Double]], _ values: [Double]) -> Matrix {
        let index = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
        var coincidences = Matrix(rows: values.count, columns: values.count)
        for unit in units {
            let places = unit.compactMap { index[$0] }
            for first in places.indices {
                for second in places.indices where first != second {
                    coincidences[places[first], places[second]] += 1 / Double(places.count - 1)
                }
            }
        }
        return coincidences
    }
}

extension KrippendorffAlpha.Level {
    /// The squared distance of two values, given by their places among all values.
    fileprivate func distance(_ a: Int, _ b: Int, _ values: [Double], _ totals: [Double]) -> Double {
        switch self {
        case .nominal: return 1
        case .interval: return (values[a] - values[b]) * (values[a] - values[b])
        case .ratio:
            let share = (values[a] - values[b]) / (values[a] + values[b])
            return share * share
        case .ordinal:
            let between = totals[min(a, b)...max(a, b)].reduce(0, +) - (totals[a] + totals[b]) / 2
            return between * between
        }
    }
}
