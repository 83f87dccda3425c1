import Statistics

/// Feldt's intervals of alpha. The factors of a number of persons and items are solved for once: many groups are of one
/// size.
final class AlphaIntervals {
    private struct Size: Hashable {
        var persons: Int
        var items: Int
        var level: ConfidenceLevel
    }

    /// Sizes that are kept; scripts may ask for any number of levels.
    private static let most = 10_000

    private var factors: [Size: CronbachAlpha.FeldtFactors] = [:]

    func interval(_ alpha: CronbachAlpha, level: ConfidenceLevel) -> Interval? {
        let size = Size(persons: alpha.persons, items: alpha.items, level: level)
        if let known = factors[size] { return alpha.interval(known) }
        let made = CronbachAlpha.FeldtFactors(persons: alpha.persons, items: alpha.items, level: level)
        guard let made else { return nil }
        if factors.count < Self.most { factors[size] = made }
        return alpha.interval(made)
    }
}
