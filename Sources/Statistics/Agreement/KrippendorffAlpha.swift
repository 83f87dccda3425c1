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
    /// Source: K. Krippendorff, "Content Analysis" (3rd ed., 2013), chapter 12: a unit with m judgements counts
    /// each of its pairs 1 / (m - 1) times.
    public init(_ ratings: AnswerTable, level: Level) throws(Undefined) {
        let units = (0..<ratings.rows)
            .map { row in (0..<ratings.columns).map { ratings[row, $0] }.filter { !$0.isNaN } }
            .filter { $0.count > 1 }
        guard !units.isEmpty else { throw Undefined("alpha needs a unit that at least two raters judged") }
        let values = Set(units.joined()).sorted()
        guard values.count > 1 else { throw Undefined("alpha needs judgements that differ") }
        guard level != .ratio || values[0] >= 0 else { throw Undefined("a ratio scale needs judgements of 0 or more") }
        let index = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
        let places = units.map { $0.compactMap { index[$0] } }
        var totals = [Double](repeating: 0, count: values.count)
        for place in places.joined() { totals[place] += 1 }
        let positions = level == .ordinal ? Self.middles(totals) : values
        let observed = places.reduce(0) { $0 + Self.disagreement($1.map { positions[$0] }, level) }
        var expected = 0.0
        for a in values.indices {
            for b in 0..<a { expected += 2 * totals[a] * totals[b] * level.distance(positions[a], positions[b]) }
        }
        let total = totals.reduce(0, +)
        self.units = units.count
        judgements = units.reduce(0) { $0 + $1.count }
        value = try (1 - (total - 1) * observed / expected).finite(or: "alpha")
    }

    /// The disagreement within a unit: the sum over its ordered pairs of judgements, divided by the number less one.
    private static func disagreement(_ judgements: [Double], _ level: Level) -> Double {
        var sum = 0.0
        for first in judgements.indices {
            for second in 0..<first where judgements[first] != judgements[second] {
                sum += 2 * level.distance(judgements[first], judgements[second])
            }
        }
        return sum / Double(judgements.count - 1)
    }

    /// For each value the judgements below it and half of those that equal it: the distance of two is what lies between.
    private static func middles(_ totals: [Double]) -> [Double] {
        var below = 0.0
        return totals.map { total in
            below += total
            return below - total / 2
        }
    }
}

extension KrippendorffAlpha.Level {
    /// The squared distance of two different judgements.
    fileprivate func distance(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .nominal: 1
        case .ordinal, .interval: (a - b) * (a - b)
        case .ratio: (a - b) / (a + b) * ((a - b) / (a + b))
        }
    }
}
