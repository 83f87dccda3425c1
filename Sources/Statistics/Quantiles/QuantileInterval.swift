/// A quantile with the number of values behind it and its interval.
public struct QuantileEstimate: Hashable, Sendable {
    /// How many values are present.
    public let count: Int
    /// The quantile.
    public let value: Double
    /// Its distribution-free interval; nil where too few values are present.
    public let interval: Interval?
}

extension Quantiles {
    /// The quantile at probability `p` with its distribution-free interval, found together in one search; nil of
    /// nothing, or unless 0 ≤ p ≤ 1.
    public static func estimate(
        _ values: Span<Double>, at p: Double, type: QuantileType = .type7, level: ConfidenceLevel = .percent95
    ) -> QuantileEstimate? {
        let count = Descriptives.count(values)
        guard count > 0, p >= 0, p <= 1 else { return nil }
        let position = QuantilePosition(p, count: count, type: type)
        let limits = limitRanks(at: p, count: count, level: level)
        let ranks = [position.rank, position.upperRank] + (limits.map { [$0.low, $0.high] } ?? [])
        let found = OrderSelection.values(atRanks: ranks, of: values)
        guard let value = position.interpolate(found[0], found[1]).finite else { return nil }
        let interval = limits.flatMap { _ in
            Interval(low: found[2], high: found[3], level: level, method: .orderStatistics)
        }
        return QuantileEstimate(count: count, value: value, interval: interval)
    }

    /// The interval of a quantile between two order statistics, whatever the distribution: it covers with at least
    /// the nominal probability, each side failing with at most half of the rest. Nil where n is too small for that,
    /// which for a median at 95 % means fewer than six values.
    public static func interval(
        _ values: Span<Double>, at p: Double, level: ConfidenceLevel = .percent95
    ) -> Interval? {
        guard let limits = limitRanks(at: p, count: Descriptives.count(values), level: level) else { return nil }
        let found = OrderSelection.values(atRanks: [limits.low, limits.high], of: values)
        return Interval(low: found[0], high: found[1], level: level, method: .orderStatistics)
    }

    /// The ranks of the two limits, counted from 0.
    ///
    /// The number B of values at or below the quantile is binomial (n, p) - or, with ties, bounded by such a number -
    /// so the value of rank r lies above it with probability P(B ≤ r), that of rank s below it with P(B > s). The
    /// ranks are the innermost for which both are at most half of 1 - level.
    ///
    /// Source: H. A. David & H. N. Nagaraja, "Order Statistics" (3rd ed., 2003), section 7.1.
    static func limitRanks(at p: Double, count: Int, level: ConfidenceLevel) -> (low: Int, high: Int)? {
        guard count > 0, let below = Binomial(trials: count, probability: p),
            below.cdf(0) <= level.tail, below.upperTail(count - 1) <= level.tail,
            let reaching = below.quantile(level.tail), let high = below.upperQuantile(level.tail)
        else { return nil }
        // The first rank that reaches the tail is one too far in, unless it meets the tail exactly.
        return (below.cdf(reaching) <= level.tail ? reaching : reaching - 1, high)
    }
}
